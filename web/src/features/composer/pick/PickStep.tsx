import { Camera, ImagePlus, Video } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useFilePicker } from '../../../things/composing/use-file-picker.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useComposer } from '../composer-context.ts'
import { t } from '../messages.ts'
import { EarlierDraft } from './EarlierDraft.tsx'
import styles from './PickStep.module.css'
import { PrintsDrawing } from './PrintsDrawing.tsx'

const Recorder = lazy(() => import('../record/Recorder.tsx'))

/** Where pictures come in: dropped, pasted, chosen, or taken on the spot with a phone, recorded. */
export function PickStep() {
  const { session } = useComposer()
  const files = useFilePicker(session.addFiles, { films: true })
  const camera = useFilePicker(session.addFiles, { camera: true, films: true })
  const [isRecording, setRecording] = useState(false)
  if (isRecording)
    return (
      <Suspense fallback={<Spinner label={t('pick.record')} />}>
        <Recorder onBack={() => setRecording(false)} />
      </Suspense>
    )
  return (
    <section className={styles.pick} aria-labelledby="composer-pick">
      <div className={styles.zone}>
        <div className={styles.drawing}>
          <PrintsDrawing />
        </div>
        <h2 id="composer-pick" className={styles.title}>
          {t('pick.title')}
        </h2>
        <p className={styles.text}>
          <span className={styles.withMouse}>{t('pick.text')}</span>
          <span className={styles.withThumb}>{t('pick.textPhone')}</span>
        </p>
        <div className={styles.ways}>
          <Button
            label={t('pick.choose')}
            icon={ImagePlus}
            tone="primary"
            size="large"
            onPress={files.open}
          />
          <span className={styles.withThumb}>
            <Button label={t('pick.camera')} icon={Camera} size="large" wide onPress={camera.open} />
          </span>
          <Button label={t('pick.record')} icon={Video} size="large" onPress={() => setRecording(true)} />
        </div>
        <p className={styles.kinds}>{t('pick.kinds')}</p>
        {files.input}
        {camera.input}
      </div>
      <EarlierDraft />
    </section>
  )
}
