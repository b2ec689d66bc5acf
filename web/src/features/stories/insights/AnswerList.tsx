import { useInfiniteQuery } from '@tanstack/react-query'
import type { Answer, StoryId } from '@tintype/contract'
import { errorText } from '../../../data/report-error.ts'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Person } from '../../../things/people/Person.tsx'
import { t } from '../../../things/story/messages.ts'
import { percentOf } from '../../../things/story/stickers/PollSticker.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import type { Answerable } from './answerable.ts'
import styles from './Insights.module.css'
import { answersOf } from './insight-lists.ts'

interface AnswerListProps {
  storyId: StoryId
  sticker: Answerable
  onOpen: () => void
}

/** One sticker: what came of it, and who said what. */
export function AnswerList({ storyId, sticker, onOpen }: AnswerListProps) {
  const query = useInfiniteQuery(answersOf(storyId, sticker.sticker))
  const answers = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={styles.sticker} aria-label={sticker.question || t('sticker.pollQuestion')}>
      <h3 className={styles.question}>{sticker.question || t('sticker.pollQuestion')}</h3>
      <Result sticker={sticker} />
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton rows={2} />}
      {query.isSuccess && answers.length === 0 && <p className={styles.note}>{t('insights.noAnswers')}</p>}
      {answers.map(({ user_id, answer }) => (
        <Person
          key={user_id}
          userId={user_id}
          onOpen={onOpen}
          note={<span className={styles.answer}>{wordsOf(sticker, answer)}</span>}
          action={<span />}
        />
      ))}
      {query.hasNextPage && (
        <Button
          label={t('highlight.more')}
          busy={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        />
      )}
    </section>
  )
}

function wordsOf(sticker: Answerable, answer: Answer): string {
  if ('text' in answer) return answer.text
  if ('value' in answer) return t('insights.put', { percent: Math.round(answer.value * 100) })
  const option = 'options' in sticker ? (sticker.options[answer.choice] ?? '') : ''
  return t('insights.chose', { option })
}

function Result({ sticker }: { sticker: Answerable }) {
  if (sticker.kind === 'slider' && sticker.average !== null)
    return (
      <p className={styles.note}>{t('sticker.average', { percent: Math.round(sticker.average * 100) })}</p>
    )
  if (sticker.kind !== 'poll' && sticker.kind !== 'quiz') return null
  const votes = sticker.votes ?? []
  return (
    <dl className={styles.results}>
      {sticker.options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two options may say the same; their order never changes
        <div key={index} className={styles.result}>
          <dt>{option}</dt>
          <dd>
            {t('sticker.votes', { count: votes[index] ?? 0 })} · {percentOf(votes, index)}%
          </dd>
        </div>
      ))}
    </dl>
  )
}
