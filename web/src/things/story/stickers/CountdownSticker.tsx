import { useEffect, useState } from 'react'
import { t } from '../messages.ts'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

const SECOND = 1000

/** The two largest units that are left are enough to look forward to. */
export function remaining(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND))
  const n = {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  }
  const units = ['days', 'hours', 'minutes', 'seconds'] as const
  const first = Math.min(
    units.findIndex((unit) => n[unit] > 0 || unit === 'minutes'),
    2,
  )
  return units
    .slice(first, first + 2)
    .map((unit) => t(`sticker.${unit}`, { n: n[unit] }))
    .join(' ')
}

export function CountdownSticker({ sticker: { title, ends_at } }: StickerProps<'countdown'>) {
  const end = Date.parse(ends_at)
  const [now, setNow] = useState(Date.now)
  const isOver = now >= end
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [isOver])
  return (
    <div className={styles.card} role="timer" aria-label={title}>
      <p className={styles.question}>{title}</p>
      <p className={styles.clock}>
        <time dateTime={ends_at}>{isOver ? t('sticker.ended') : remaining(end - now)}</time>
      </p>
    </div>
  )
}
