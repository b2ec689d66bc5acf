import { AtSign, Hash, Link, MapPin } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { dateFormat } from '../../../ui/relative-time.ts'
import { t } from '../messages.ts'
import type { StickerContent } from '../scene/scene.ts'
import { stickerText } from '../scene/words.ts'
import styles from './StickerFace.module.css'

/** A sticker as it lies on the picture: fills the width it is given, and grows with it. Phrasing content, as it stands in a button. */
export function StickerFace({ sticker }: { sticker: StickerContent }) {
  return (
    <span className={styles.face} aria-hidden="true">
      <Inside sticker={sticker} />
    </span>
  )
}

function Inside({ sticker }: { sticker: StickerContent }) {
  switch (sticker.kind) {
    case 'mention':
    case 'hashtag':
    case 'place':
    case 'link':
      return <Pill sticker={sticker} />
    case 'poll':
      return (
        <span className={styles.card}>
          {sticker.question && <span className={styles.question}>{sticker.question}</span>}
          <Options options={sticker.options} />
        </span>
      )
    case 'quiz':
      return (
        <span className={styles.card}>
          <span className={classes(styles.question, styles.banner)}>{sticker.question}</span>
          <Options options={sticker.options} lettered />
        </span>
      )
    case 'question':
      return (
        <span className={styles.card}>
          <span className={styles.question}>{sticker.question}</span>
          <span className={styles.field}>{t('face.answer')}</span>
        </span>
      )
    case 'slider':
      return (
        <span className={styles.card}>
          {sticker.question && <span className={styles.question}>{sticker.question}</span>}
          <span className={styles.track}>
            <span className={styles.knob}>{sticker.emoji}</span>
          </span>
        </span>
      )
    case 'countdown':
      return (
        <span className={styles.card}>
          <span className={styles.question}>{sticker.title}</span>
          <span className={styles.until}>{dateFormat(MOMENT).format(new Date(sticker.ends_at))}</span>
        </span>
      )
  }
}

const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const
const icons = { mention: AtSign, hashtag: Hash, place: MapPin, link: Link }

function Pill({ sticker }: { sticker: Extract<StickerContent, { kind: keyof typeof icons }> }) {
  const Icon = icons[sticker.kind]
  return (
    <span className={classes(styles.pill, styles[sticker.kind])}>
      <Icon className={styles.icon} strokeWidth={2.4} />
      <span className={styles.text}>{stickerText(sticker).replace(/^[@#]/, '')}</span>
    </span>
  )
}

function Options({ options, lettered }: { options: readonly string[]; lettered?: boolean }) {
  return (
    <span className={styles.options}>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may read the same; their place is what they are
        <span key={index} className={styles.option}>
          {lettered && <span className={styles.letter}>{String.fromCharCode(65 + index)}</span>}
          {option}
        </span>
      ))}
    </span>
  )
}
