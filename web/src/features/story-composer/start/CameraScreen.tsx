import { Square, SwitchCamera, Video, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { recordedType } from '../../../things/composing/record-film.ts'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from '../messages.ts'
import { useStory } from '../story-context.ts'
import styles from './CameraScreen.module.css'
import { type CameraProblem, capture, closeCamera, type Facing, openCamera } from './camera.ts'
import { useFilmRecording } from './use-film-recording.ts'

/** The camera in the frame's shape. Where there is none to be had it says why, and what to do. */
export default function CameraScreen({ onClose }: { onClose: () => void }) {
  const session = useStory()
  const video = useRef<HTMLVideoElement>(null)
  const [facing, setFacing] = useState<Facing>('environment')
  const { stream, problem } = useCamera(facing)
  useEffect(() => {
    if (!video.current || !stream) return
    video.current.srcObject = stream
    void video.current.play().catch(() => {})
  }, [stream])
  const handleCapture = async () => {
    const file = video.current && (await capture(video.current, facing))
    if (file) await session.addFiles([file])
  }
  const { recording, start, stop } = useFilmRecording(stream, (film, seconds) =>
    session.addFiles([film], seconds),
  )
  const isOn = recording.state === 'on'
  return (
    <div className={styles.camera}>
      <header className={styles.head}>
        <IconButton icon={X} label={t('camera.back')} onPress={onClose} />
        <IconButton
          icon={SwitchCamera}
          label={facing === 'user' ? t('camera.toBack') : t('camera.toFront')}
          disabled={!stream || isOn}
          onPress={() => setFacing(facing === 'user' ? 'environment' : 'user')}
        />
      </header>
      <div className={styles.stage}>
        {problem ? (
          <div className={styles.problem} role="alert">
            <p className={styles.title}>{t('camera.problem')}</p>
            <p>{t(`camera.${problem}`)}</p>
          </div>
        ) : (
          <video
            ref={video}
            className={classes(styles.video, facing === 'user' && styles.mirrored)}
            aria-label={t('camera.view')}
            playsInline
            muted
          />
        )}
      </div>
      <div className={styles.foot}>
        <button
          type="button"
          className={styles.shutter}
          aria-label={t('camera.take')}
          disabled={!stream || isOn}
          onClick={() => void handleCapture()}
        />
        {recordedType() !== undefined && (
          <span className={styles.record} data-on={isOn}>
            <IconButton
              icon={isOn ? Square : Video}
              label={t(isOn ? 'camera.stop' : 'camera.record')}
              tone="veil"
              disabled={!stream}
              onPress={() => (isOn ? stop() : void start())}
            />
          </span>
        )}
        <p className={styles.state} role="status">
          {isOn && t(recording.isSilent ? 'camera.silent' : 'camera.recording')}
        </p>
      </div>
    </div>
  )
}

/** Open while the screen is; another one opens only when the one before is closed. */
function useCamera(facing: Facing): { stream: MediaStream | null; problem: CameraProblem | null } {
  const [state, setState] = useState<{ stream: MediaStream | null; problem: CameraProblem | null }>({
    stream: null,
    problem: null,
  })
  useEffect(() => {
    let open: MediaStream | undefined
    let left = false
    void openCamera(facing).then((answer) => {
      if (typeof answer === 'string') return left || setState({ stream: null, problem: answer })
      if (left) return closeCamera(answer)
      open = answer
      setState({ stream: answer, problem: null })
    })
    return () => {
      left = true
      if (open) closeCamera(open)
      setState({ stream: null, problem: null })
    }
  }, [facing])
  return state
}
