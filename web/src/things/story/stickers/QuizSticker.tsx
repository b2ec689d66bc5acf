import { Check, X } from 'lucide-react'
import { answerSticker } from '../../../data/entities/story-intents.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { t } from '../messages.ts'
import { percentOf } from './PollSticker.tsx'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

/** Answered once; then the right one is shown. */
export function QuizSticker({ sticker, storyId, isAuthor }: StickerProps<'quiz'>) {
  const { question, options, votes, choice, correct } = sticker
  return (
    <fieldset className={styles.card} aria-label={question}>
      <p className={styles.question}>{question}</p>
      {options.map((option, index) => {
        const verdict = correct === null ? undefined : index === correct ? 'correct' : 'wrong'
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: two options may say the same; their order never changes
            key={index}
            type="button"
            className={styles.option}
            data-verdict={verdict === 'correct' || index === choice ? verdict : undefined}
            aria-pressed={index === choice}
            disabled={isAuthor || choice !== null}
            onClick={() => void answerSticker(storyId, sticker.sticker, { choice: index })}
          >
            <span className={styles.text}>{option}</span>
            {verdict && <VisuallyHidden>, {t(`sticker.${verdict}`)}</VisuallyHidden>}
            {verdict === 'correct' && <Check aria-hidden className={styles.sign} />}
            {verdict === 'wrong' && index === choice && <X aria-hidden className={styles.sign} />}
            {votes && (
              <span className={styles.number}>
                <VisuallyHidden>, </VisuallyHidden>
                {percentOf(votes, index)}%
              </span>
            )}
          </button>
        )
      })}
    </fieldset>
  )
}
