import { ImageOff } from 'lucide-react'
import { placementIn } from '../../../editor/crop/crop.ts'
import type { Preview } from '../../../things/composing/decode.ts'
import { framingOf, type Shot } from '../draft/draft.ts'
import { compileLook, type Look } from '../draft/look.ts'
import { DevelopedCanvas } from './DevelopedCanvas.tsx'
import { wholeCanvas } from './exposure.ts'
import { filterChart } from './filter-chart.ts'
import styles from './PictureThumb.module.css'

interface PictureThumbProps {
  shot: Shot
  preview: Preview | undefined
  /** Instead of the picture's own; shown on a chart where the picture itself cannot be. */
  look?: Look
}

/** A square out of the middle of a picture as it will be. Decoration: a name stands beside it. */
export function PictureThumb({ shot, preview, look }: PictureThumbProps) {
  const filter = compileLook(look ?? shot.look)
  if (preview?.state === 'unseen' && look)
    return (
      <span className={styles.thumb}>
        <DevelopedCanvas exposure={{ bitmap: filterChart(), placement: wholeCanvas, filter }} ratio={1} />
      </span>
    )
  if (preview?.state !== 'seen')
    return (
      <span className={styles.empty} aria-hidden="true">
        {preview && <ImageOff size={18} />}
      </span>
    )
  const { bitmap, size } = preview.decoded
  const square = { ...framingOf(shot, size), shape: '1:1' as const }
  return (
    <span className={styles.thumb}>
      <DevelopedCanvas exposure={{ bitmap, placement: placementIn(square, size), filter }} ratio={1} />
    </span>
  )
}
