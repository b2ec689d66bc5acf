import { type CSSProperties, useState } from 'react'
import { answerSticker } from '../../../data/entities/story-intents.ts'
import { t } from '../messages.ts'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

const percent = (value: number): number => Math.round(value * 100)

/** Put somewhere once, by pointer or arrows: leaving it there is the answer. Then the average is shown. */
export function SliderSticker({ sticker, storyId, isAuthor }: StickerProps<'slider'>) {
  const { question, emoji, average, value } = sticker
  const [at, setAt] = useState<number | null>(null)
  const shown = value ?? at ?? (isAuthor ? (average ?? 0) : 0)
  const isDone = isAuthor || value !== null
  const handleRest = () => {
    if (at !== null && !isDone) void answerSticker(storyId, sticker.sticker, { value: at })
  }
  return (
    <div className={styles.card}>
      {question && <p className={styles.question}>{question}</p>}
      <div className={styles.slider} style={{ '--at': shown } as CSSProperties}>
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={shown}
          disabled={isDone}
          aria-label={question || t('sticker.slide', { emoji })}
          aria-valuetext={`${percent(shown)}%`}
          onChange={(event) => setAt(event.target.valueAsNumber)}
          onPointerUp={handleRest}
          onBlur={handleRest}
          onKeyDown={(event) => event.key === 'Enter' && handleRest()}
        />
        <span className={styles.thumb} aria-hidden>
          {emoji}
        </span>
        {average !== null && (
          <span className={styles.average} style={{ insetInlineStart: `${average * 100}%` }} />
        )}
      </div>
      {average !== null && (
        <p role="status" className={styles.small}>
          {t('sticker.average', { percent: percent(average) })}
        </p>
      )}
    </div>
  )
}
