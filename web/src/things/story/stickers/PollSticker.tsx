import { answerSticker } from '../../../data/entities/story-intents.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { t } from '../messages.ts'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

export const percentOf = (votes: readonly number[], option: number): number => {
  const all = votes.reduce((sum, count) => sum + count, 0)
  return all === 0 ? 0 : Math.round(((votes[option] ?? 0) / all) * 100)
}

/** A vote can be changed; what others chose is shown once one has voted. */
export function PollSticker({ sticker, storyId, isAuthor }: StickerProps<'poll'>) {
  const { question, options, votes, choice } = sticker
  return (
    <fieldset className={styles.card} aria-label={question || t('sticker.pollQuestion')}>
      {question && <p className={styles.question}>{question}</p>}
      {options.map((option, index) => {
        const percent = votes && percentOf(votes, index)
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: two options may say the same; their order never changes
            key={index}
            type="button"
            className={styles.option}
            aria-pressed={index === choice}
            disabled={isAuthor}
            onClick={() => void answerSticker(storyId, sticker.sticker, { choice: index })}
          >
            {percent !== null && <span className={styles.bar} style={{ inlineSize: `${percent}%` }} />}
            <span className={styles.text}>{option}</span>
            {percent !== null && (
              <span className={styles.number}>
                <VisuallyHidden>, </VisuallyHidden>
                {percent}%
              </span>
            )}
          </button>
        )
      })}
    </fieldset>
  )
}
