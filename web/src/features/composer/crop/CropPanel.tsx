import { Copy, RotateCcw } from 'lucide-react'
import { maxZoom, reshape, shapesFor, wholePicture, zoomTo } from '../../../editor/crop/crop.ts'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Slider } from '../../../ui/Slider.tsx'
import { useComposer, useDraft, useSelected } from '../composer-context.ts'
import { framingOf } from '../draft/draft.ts'
import { t } from '../messages.ts'
import styles from './CropPanel.module.css'
import { FilmPanel } from './FilmPanel.tsx'
import { ShapeChoice } from './ShapeChoice.tsx'
import { TurnTools } from './TurnTools.tsx'

/** How the selected picture is turned, its shape and zoom. */
export function CropPanel() {
  const { session } = useComposer()
  const { shots } = useDraft()
  const selected = useSelected()
  if (!selected) return null
  const { shot, source, preview, count } = selected
  const { size } = source
  if (source.kind === 'video') return <FilmPanel selected={selected} />
  if (!size) return <p className={styles.note}>{preview ? t('crop.unknown') : ''}</p>

  const framing = framingOf(shot, size)
  const frame = (next: typeof framing, stroke?: string) =>
    session.dispatch({ type: 'framed', id: shot.id, framing: next, stroke })
  const farthest = maxZoom(framing, size)
  const handleRest = () => session.dispatch({ type: 'strokeEnded' })
  const isSeen = preview?.state === 'seen'
  const isChanged = JSON.stringify(framing) !== JSON.stringify(wholePicture)
  const isMixed = shots.present.some((other) => other.framing.shape !== framing.shape)
  return (
    <div className={styles.panel}>
      <ShapeChoice
        shapes={shapesFor(framing, size)}
        value={framing.shape}
        onChange={(shape) => frame(reshape(framing, size, shape))}
      />
      {isSeen && farthest > 1 && (
        <Slider
          label={t('crop.zoom')}
          value={framing.zoom}
          min={1}
          max={farthest}
          step={0.01}
          text={`${framing.zoom.toFixed(1)}×`}
          onChange={(zoom) => frame(zoomTo(framing, size, zoom), 'zoom')}
          onRest={handleRest}
        />
      )}
      <TurnTools framing={framing} size={size} canStraighten={isSeen} onChange={frame} onRest={handleRest} />
      {isSeen && <p className={classes(styles.note, styles.hint)}>{t('crop.hint')}</p>}
      <div className={styles.more}>
        {count > 1 && isMixed && (
          <Button
            label={t('crop.all')}
            icon={Copy}
            tone="plain"
            wide
            onPress={() => session.dispatch({ type: 'shapedAll', shape: framing.shape })}
          />
        )}
        {isChanged && (
          <Button
            label={t('crop.reset')}
            icon={RotateCcw}
            tone="quiet"
            wide
            onPress={() => frame(wholePicture)}
          />
        )}
      </div>
    </div>
  )
}
