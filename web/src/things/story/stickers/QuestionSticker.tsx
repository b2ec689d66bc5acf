import { limits } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { answerSticker } from '../../../data/entities/story-intents.ts'
import { cutText } from '../../../ui/cut-text.ts'
import { t } from '../messages.ts'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

/** Asks for a few words; a later answer takes the place of the one before. */
export function QuestionSticker({ sticker, storyId, isAuthor }: StickerProps<'question'>) {
  const { question, answered } = sticker
  const [text, setText] = useState('')
  const [again, setAgain] = useState(false)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const answer = text.trim()
    if (!answer) return
    setText('')
    setAgain(false)
    void answerSticker(storyId, sticker.sticker, { text: answer })
  }
  return (
    <form className={styles.card} onSubmit={handleSubmit} aria-label={question}>
      <p className={styles.question}>{question}</p>
      {answered && !again ? (
        <div className={styles.done}>
          <span role="status">{t('sticker.sent')}</span>
          <button type="button" className={styles.again} onClick={() => setAgain(true)}>
            {t('sticker.again')}
          </button>
        </div>
      ) : (
        !isAuthor && (
          <>
            <input
              className={styles.field}
              aria-label={t('sticker.answer')}
              placeholder={t('sticker.answer')}
              value={text}
              autoComplete="off"
              onChange={(event) => setText(cutText(event.target.value, limits.stickerAnswer))}
            />
            {text.trim() && (
              <button type="submit" className={styles.send}>
                {t('sticker.send')}
              </button>
            )}
          </>
        )
      )}
    </form>
  )
}
