import { limits } from '@tintype/contract'
import {
  AtSign,
  ChartBarBig,
  CircleHelp,
  Hash,
  Hourglass,
  Link,
  type LucideIcon,
  MapPin,
  MessageCircleQuestion,
  SlidersHorizontal,
} from 'lucide-react'
import { t } from '../messages.ts'
import { type StickerKind, stickersOf } from '../scene/scene.ts'
import { useScene } from '../story-context.ts'
import { PanelBody } from './PanelFrame.tsx'
import styles from './StickerTray.module.css'

const kinds: readonly [StickerKind, LucideIcon][] = [
  ['mention', AtSign],
  ['hashtag', Hash],
  ['place', MapPin],
  ['poll', ChartBarBig],
  ['question', MessageCircleQuestion],
  ['quiz', CircleHelp],
  ['slider', SlidersHorizontal],
  ['countdown', Hourglass],
  ['link', Link],
]

export function StickerTray({ onChoose }: { onChoose: (kind: StickerKind) => void }) {
  const isFull = stickersOf(useScene()).length >= limits.stickers
  return (
    <PanelBody>
      <ul className={styles.grid}>
        {kinds.map(([kind, Icon], index) => (
          <li key={kind}>
            <button
              type="button"
              className={styles.kind}
              disabled={isFull}
              data-first={index === 0 || undefined}
              onClick={() => onChoose(kind)}
            >
              <Icon aria-hidden size={20} />
              {t(`sticker.${kind}`)}
            </button>
          </li>
        ))}
      </ul>
      {isFull && <p>{t('stickers.full', { count: limits.stickers })}</p>}
    </PanelBody>
  )
}
