import type { Media } from '@tintype/contract'
import { EyeOff } from 'lucide-react'
import { createT } from '../../kit/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { clampRatio, pageRatio } from '../../ui/media-sources.ts'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import type { PictureFrame } from './Carousel.tsx'
import styles from './SensitiveCover.module.css'

const t = createT({
  'post.sensitive': 'Sensitive',
  'post.sensitiveText': 'Whoever shared it, or the moderators, covered it.',
  'post.show': 'Show',
})

interface SensitiveCoverProps {
  first: Media
  frame: PictureFrame
  onShow: () => void
}

/** In the picture's place and shape, until one asks to see it: nothing of it is fetched before. */
export default function SensitiveCover({ first, frame, onShow }: SensitiveCoverProps) {
  const ratio = frame === 'card' ? clampRatio : pageRatio
  const shape = frame === 'plate' ? { blockSize: '100%' } : { aspectRatio: ratio(first.width, first.height) }
  return (
    <div className={styles.cover} style={shape}>
      {first.thumbhash && <Thumbhash hash={first.thumbhash} />}
      <div className={styles.text}>
        <EyeOff aria-hidden size={28} strokeWidth={1.7} />
        <p className={styles.title}>{t('post.sensitive')}</p>
        <p>{t('post.sensitiveText')}</p>
        <Button label={t('post.show')} tone="plain" onPress={onShow} />
      </div>
    </div>
  )
}
