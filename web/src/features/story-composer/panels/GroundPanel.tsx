import { limits } from '@tintype/contract'
import { ImagePlus, Trash2 } from 'lucide-react'
import { useFilePicker } from '../../../things/composing/use-file-picker.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { t } from '../messages.ts'
import { cssOf, groundNames, grounds } from '../scene/paints.ts'
import { coverage } from '../scene/place.ts'
import type { ScenePicture } from '../scene/scene.ts'
import { useDecoded, useScene, useStory } from '../story-context.ts'
import { FilmTools } from './FilmTools.tsx'
import styles from './GroundPanel.module.css'
import { PanelBody } from './PanelFrame.tsx'
import { SwatchChoice } from './SwatchChoice.tsx'

/** The picture and what is beside it, or the plain ground. */
export function GroundPanel() {
  const session = useStory()
  const { picture, ground } = useScene()
  const files = useFilePicker((chosen) => void session.addFiles(chosen), { films: true })
  return (
    <PanelBody>
      {picture ? (
        <>
          {picture.film && <FilmTools picture={picture} film={picture.film} />}
          <PictureTools picture={picture} />
        </>
      ) : (
        <SwatchChoice
          label={t('ground.label')}
          value={ground}
          options={groundNames.map((name) => ({
            value: name,
            label: t(`ground.${name}`),
            paint: cssOf(grounds[name]),
          }))}
          onChange={(name) => session.change((scene) => ({ ...scene, ground: name }))}
        />
      )}
      <div className={styles.ways}>
        <Button
          label={picture ? t('ground.replace') : t('ground.add')}
          icon={ImagePlus}
          size="small"
          onPress={files.open}
        />
        {picture && (
          <Button
            label={t('ground.remove')}
            icon={Trash2}
            size="small"
            tone="quiet"
            onPress={() => session.change((scene) => ({ ...scene, picture: null }))}
          />
        )}
      </div>
      {files.input}
    </PanelBody>
  )
}

function PictureTools({ picture }: { picture: ScenePicture }) {
  const session = useStory()
  const decoded = useDecoded()
  const change = (part: Partial<ScenePicture>) =>
    session.change((scene) => ({ ...scene, picture: { ...picture, ...part } }))
  const most = picture.film ? limits.storyFilmZoom : Number.POSITIVE_INFINITY
  const lay = (size: number) => change({ place: { x: 0.5, y: 0.5, rotation: 0, size } })
  return (
    <>
      <Segmented
        label={t('ground.surround')}
        value={picture.surround}
        options={[
          { value: 'blur', label: t('ground.blur') },
          { value: 'color', label: t('ground.color') },
        ]}
        onChange={(surround) => change({ surround })}
      />
      <div className={styles.ways}>
        <Button label={t('ground.whole')} size="small" onPress={() => lay(1)} />
        <Button
          label={t('ground.fill')}
          size="small"
          disabled={!decoded}
          onPress={() => decoded && lay(Math.min(coverage(decoded.size), most))}
        />
        <Button
          label={t('ground.turn')}
          size="small"
          onPress={() =>
            change({ place: { ...picture.place, rotation: ((picture.place.rotation + 270) % 360) - 180 } })
          }
        />
      </div>
      <p className={styles.note}>{t('frame.keys')}</p>
    </>
  )
}
