import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { clockText } from '../../../ui/clock-text.ts'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import { t } from './messages.ts'
import styles from './Recorder.module.css'
import { type Clip, LONGEST } from './take.ts'
import type { Recording } from './use-recording.ts'

interface RecordStageProps {
  stream: MediaStream | undefined
  isMirrored: boolean
  /** Its end is laid over the picture. */
  ghost: Clip | undefined
  recording: Recording
  /** Of the clips there are, as they are shown. */
  seconds: number
  speed: number
  disabled: boolean
  onStart: () => void
  onStop: () => void
}

/** Milliseconds from which on a press is held, and its end the end of the clip. */
const HELD_MS = 350
const TICK_MS = 100

/** What the camera sees, and the button. */
export function RecordStage(props: RecordStageProps) {
  const { stream, isMirrored, ghost, recording, seconds, speed } = props
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null
  }, [stream])
  const now = useElapsed(recording)
  const shown = Math.min(LONGEST, seconds + now / speed)
  return (
    <div className={styles.stage}>
      <video
        ref={video}
        className={classes(styles.picture, isMirrored && styles.mirrored)}
        aria-label={t('record.picture')}
        muted
        autoPlay
        playsInline
      />
      {ghost && <Ghost key={ghost.id} clip={ghost} isMirrored={isMirrored} />}
      <p className={styles.time} data-on={recording.state === 'on' || undefined}>
        {t('record.time', { time: clockText(shown), of: clockText(LONGEST) })}
      </p>
      {recording.state === 'counting' && (
        <p
          className={styles.count}
          role="status"
          aria-label={t('record.counting', { count: recording.left })}
        >
          {recording.left}
        </p>
      )}
      <div className={styles.how}>
        <RecordButton {...props} />
        <p className={styles.hint}>{t('record.how')}</p>
      </div>
    </div>
  )
}

function RecordButton({ recording, disabled, onStart, onStop }: RecordStageProps) {
  const isOn = recording.state !== 'idle'
  const pressedAt = useRef<number>(undefined)
  const handleDown = ({ button, currentTarget, pointerId }: PointerEvent<HTMLButtonElement>) => {
    if (button !== 0 || disabled) return
    currentTarget.setPointerCapture?.(pointerId)
    if (isOn) return onStop()
    pressedAt.current = performance.now()
    onStart()
  }
  const handleUp = () => {
    const since = pressedAt.current
    pressedAt.current = undefined
    if (since !== undefined && recording.state === 'on' && performance.now() - since > HELD_MS) onStop()
  }
  return (
    <button
      type="button"
      className={styles.record}
      aria-label={t(isOn ? 'record.stop' : 'record.start')}
      data-on={isOn || undefined}
      disabled={disabled && !isOn}
      onPointerDown={handleDown}
      onPointerUp={handleUp}
      onPointerCancel={handleUp}
      onContextMenu={(event) => event.preventDefault()}
      // A key, or a screen reader: no pointer was pressed.
      onClick={({ detail }) => detail === 0 && (isOn ? onStop() : onStart())}
    />
  )
}

/** The last picture of a clip. */
function Ghost({ clip, isMirrored }: { clip: Clip; isMirrored: boolean }) {
  const url = useObjectUrl(clip.blob)
  const video = useRef<HTMLVideoElement>(null)
  const { to } = clip
  useEffect(() => {
    if (video.current && video.current.readyState > 0) video.current.currentTime = Math.max(0, to - 0.05)
  }, [to])
  if (!url) return null
  return (
    <video
      ref={video}
      className={classes(styles.ghost, isMirrored && styles.mirrored)}
      src={url}
      aria-label={t('record.last')}
      muted
      playsInline
      onLoadedMetadata={({ currentTarget }) => {
        currentTarget.currentTime = Math.max(0, to - 0.05)
      }}
    />
  )
}

/** Seconds that the clip under way has by now. */
function useElapsed(recording: Recording): number {
  const [seconds, setSeconds] = useState(0)
  const since = recording.state === 'on' ? recording.since : undefined
  useEffect(() => {
    if (since === undefined) return setSeconds(0)
    const timer = setInterval(() => setSeconds((performance.now() - since) / 1000), TICK_MS)
    return () => clearInterval(timer)
  }, [since])
  return seconds
}
