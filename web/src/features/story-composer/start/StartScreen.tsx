import { Camera, ImagePlus, Type, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useCell } from '../../../kit/cell.ts'
import { useFilePicker } from '../../../things/composing/use-file-picker.tsx'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { dateFormat } from '../../../ui/relative-time.ts'
import { RefusedPicture } from '../dialog/RefusedPicture.tsx'
import { t } from '../messages.ts'
import { useStory } from '../story-context.ts'
import styles from './StartScreen.module.css'
import { StoryDrawing } from './StoryDrawing.tsx'

const CameraScreen = lazy(() => import('./CameraScreen.tsx'))

/** What to begin with: a picture, the camera, or words alone. */
export function StartScreen({ onLeave }: { onLeave: () => void }) {
  const session = useStory()
  const [camera, setCamera] = useState(false)
  const files = useFilePicker((chosen) => void session.addFiles(chosen), { films: true })
  if (camera)
    return (
      <Suspense fallback={null}>
        <CameraScreen onClose={() => setCamera(false)} />
      </Suspense>
    )
  return (
    <div className={styles.start}>
      <header className={styles.head}>
        <IconButton icon={X} label={t('close')} onPress={onLeave} />
      </header>
      <RefusedPicture />
      <section className={styles.middle} aria-labelledby="story-start">
        <div className={styles.drawing}>
          <StoryDrawing />
        </div>
        <h2 id="story-start" className={styles.title}>
          {t('start.title')}
        </h2>
        <p className={styles.text}>{t('start.text')}</p>
        <div className={styles.ways}>
          <Button
            label={t('start.choose')}
            icon={ImagePlus}
            tone="primary"
            size="large"
            wide
            onPress={files.open}
          />
          <Button label={t('start.camera')} icon={Camera} size="large" wide onPress={() => setCamera(true)} />
          <Button label={t('start.words')} icon={Type} size="large" wide onPress={session.beginPlain} />
        </div>
        {files.input}
        <EarlierStory />
      </section>
    </div>
  )
}

const WHEN = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const

/** A draft of an earlier visit, if there is one. */
function EarlierStory() {
  const session = useStory()
  const earlier = useCell(session.earlier)
  if (!earlier) return null
  return (
    <aside className={styles.earlier} aria-label={t('start.continue')}>
      <div>
        <p className={styles.earlierTitle}>{t('start.continue')}</p>
        <p className={styles.earlierText}>
          {t('start.continueText', { when: dateFormat(WHEN).format(earlier.savedAt) })}
        </p>
      </div>
      <div className={styles.earlierWays}>
        <Button label={t('start.forget')} tone="quiet" size="small" onPress={() => session.forgetEarlier()} />
        <Button label={t('start.continueAction')} size="small" onPress={() => session.continueEarlier()} />
      </div>
    </aside>
  )
}
