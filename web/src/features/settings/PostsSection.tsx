import { useMutation, useQuery } from '@tanstack/react-query'
import { limits, type PostSettings, taggers, textLength } from '@tintype/contract'
import { useState } from 'react'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import styles from '../../things/account/Sections.module.css'
import { PostChoices } from '../../things/choices/PostChoices.tsx'
import { changePostSettings, postSettings } from '../../things/choices/post-settings.ts'
import { HeldList } from '../../things/comments/HeldComments.tsx'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { AllowReposts } from '../../things/reposts/AllowReposts.tsx'
import { t as tags } from '../../things/tags/messages.ts'
import { WaitingTags } from '../../things/tags/WaitingTags.tsx'
import { AskedFor } from '../../things/together/AskedFor.tsx'
import { t as together } from '../../things/together/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { toast } from '../../ui/toast.ts'
import { linesOf } from './lines.ts'
import { t as words } from './section-messages.ts'

/** What holds for one's posts to come, and which comments wait. */
export function PostsSection() {
  const { data, error, refetch } = useQuery(postSettings)
  const change = useMutation({ mutationFn: changePostSettings, onError: reportError })
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  const shown = change.isPending ? { ...data, ...change.variables } : data
  return (
    <div className={styles.form}>
      <h2 className={styles.subtitle}>{words('posts.toCome')}</h2>
      <p className={styles.note}>{words('posts.toComeText')}</p>
      <PostChoices chosen={shown} onChange={change.mutate} />
      <AllowReposts />
      <h2 className={styles.subtitle}>{tags('tags.ofYou')}</h2>
      <Select
        label={tags('tags.from')}
        hint={tags('tags.fromHint')}
        value={shown.tags_from}
        options={taggers.map((value) => ({ value, label: tags(`tags.from.${value}`) }))}
        onChange={(tags_from) => change.mutate({ tags_from })}
      />
      <h3>{tags('tags.waiting')}</h3>
      <WaitingTags />
      <h3>{together('pending.title')}</h3>
      <AskedFor />
      <FilteredWords known={data} />
      <h2 className={styles.subtitle}>{words('posts.held')}</h2>
      <HeldList />
    </div>
  )
}

function FilteredWords({ known }: { known: PostSettings }) {
  const [text, setText] = useState(known.filtered_words.join('\n'))
  const lines = linesOf(text)
  const { filteredWords: count, filteredWord: length } = limits
  const fits = lines.length <= count && lines.every((line) => textLength(line) <= length)
  const save = useMutation({
    mutationFn: () => changePostSettings({ filtered_words: lines }),
    onSuccess: () => toast(words('posts.wordsSaved')),
    onError: reportError,
  })
  const isChanged = lines.join('\n') !== known.filtered_words.join('\n')
  return (
    <>
      <TextArea
        label={words('posts.words')}
        hint={words('posts.wordsHint')}
        error={fits ? undefined : words('posts.wordsTooMany', { count, length })}
        value={text}
        onChange={setText}
      />
      <div>
        <Button
          label={t('action.save')}
          tone="ink"
          busy={save.isPending}
          disabled={!fits || !isChanged}
          onPress={() => save.mutate()}
        />
      </div>
    </>
  )
}
