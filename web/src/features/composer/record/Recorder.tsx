import { ArrowLeft, SwitchCamera } from 'lucide-react'
import { useEffect, useReducer, useState } from 'react'
import { useMember } from '../../../data/member.ts'
import { recordedType } from '../../../things/composing/record-film.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import { ClipList } from './ClipList.tsx'
import { joinClips, NotAlike } from './join-clips.ts'
import { t } from './messages.ts'
import styles from './Recorder.module.css'
import { RecordStage } from './RecordStage.tsx'
import {
  type Clip,
  changeTake,
  filmClips,
  LONGEST,
  MOST_CLIPS,
  type Speed,
  shownSeconds,
  speeds,
} from './take.ts'
import { findTake, keepTake } from './take-shelf.ts'
import { type Facing, useCamera } from './use-camera.ts'
import { useRecording } from './use-recording.ts'
import { useSoundAlong } from './use-sound-along.ts'

const timers = [0, 3, 10] as const
type Timer = (typeof timers)[number]

/** Where a reel is recorded, clip by clip. What was recorded stays over a reload, until it is gone on with. */
export default function Recorder({ onBack }: { onBack: () => void }) {
  const { session } = useComposer()
  const { user_id } = useMember()
  const { sound } = useDraft()
  const [clips, dispatch] = useTake(user_id)
  const [facing, setFacing] = useState<Facing>('user')
  const [timer, setTimer] = useState<Timer>(0)
  const [speed, setSpeed] = useState<Speed>(1)
  const [aligns, setAligns] = useState(true)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { stream, failed } = useCamera(facing)
  const seconds = shownSeconds(clips)
  const room = clips.length < MOST_CLIPS ? Math.max(0, LONGEST - seconds) * speed : 0
  const onClip = (clip: Clip) => dispatch({ type: 'recorded', clip })
  const { recording, start, stop } = useRecording({ stream, timer, speed, room, onClip })
  const isIdle = recording.state === 'idle'
  useSoundAlong(sound, { on: recording.state === 'on', at: seconds, rate: 1 / speed })
  const handleNext = async () => {
    setBusy(true)
    try {
      const { file, places } = await joinClips(clips)
      await session.takeRecording(file, filmClips(clips, places))
      // The draft first: what was recorded lies in one of both, whenever the page is left.
      await session.saveNow()
      await keepTake(user_id, [], 0)
    } catch (failure) {
      setError(t(failure instanceof NotAlike ? 'record.notAlike' : 'record.failed'))
      setBusy(false)
    }
  }
  const [last] = clips.slice(-1)
  return (
    <section className={styles.recorder} aria-labelledby="recorder">
      <h2 id="recorder" className={styles.title}>
        {t('record.title')}
      </h2>
      <RecordStage
        stream={stream}
        isMirrored={facing === 'user'}
        ghost={aligns && recording.state !== 'on' ? last : undefined}
        recording={recording}
        seconds={seconds}
        speed={speed}
        disabled={!stream || room < 0.1 || busy}
        onStart={start}
        onStop={stop}
      />
      <div className={styles.side}>
        {recordedType() === undefined && <FormError text={t('record.noRecorder')} />}
        {failed && <FormError text={t('record.noCamera')} />}
        {error && <FormError text={error} />}
        {sound && <p className={styles.note}>{t('record.sound', { name: sound.username })}</p>}
        <Pace {...{ timer, speed }} disabled={!isIdle} onTimer={setTimer} onSpeed={setSpeed} />
        <Switch label={t('record.align')} checked={aligns} onChange={setAligns} />
        {clips.length === 0 && isIdle && (
          <Button
            label={t('record.turn')}
            icon={SwitchCamera}
            tone="quiet"
            onPress={() => setFacing(facing === 'user' ? 'environment' : 'user')}
          />
        )}
        <ClipList clips={clips} disabled={!isIdle || busy} dispatch={dispatch} />
        <div className={styles.ends}>
          <IconButton icon={ArrowLeft} label={t('record.back')} onPress={onBack} />
          <Button
            label={t('record.next')}
            tone="primary"
            busy={busy}
            disabled={clips.length === 0 || !isIdle}
            onPress={handleNext}
          />
        </div>
      </div>
    </section>
  )
}

interface PaceProps {
  timer: Timer
  speed: Speed
  disabled: boolean
  onTimer: (timer: Timer) => void
  onSpeed: (speed: Speed) => void
}

/** When the next clip begins, and how fast it is shown. */
function Pace({ timer, speed, disabled, onTimer, onSpeed }: PaceProps) {
  return (
    <>
      <p className={styles.label}>{t('record.timer')}</p>
      <Segmented
        label={t('record.timer')}
        value={String(timer)}
        options={timers.map((count) => ({
          value: String(count),
          label: count === 0 ? t('record.off') : t('record.seconds', { count }),
        }))}
        onChange={(value) => !disabled && onTimer(Number(value) as Timer)}
      />
      <p className={styles.label}>{t('record.speed')}</p>
      <Segmented
        label={t('record.speed')}
        value={String(speed)}
        options={speeds.map((times) => ({ value: String(times), label: t('record.times', { times }) }))}
        onChange={(value) => !disabled && onSpeed(Number(value) as Speed)}
      />
    </>
  )
}

/** What was recorded, as it was when the page was left. */
function useTake(ownerId: string) {
  const [clips, dispatch] = useReducer(changeTake, [])
  const [isFound, setFound] = useState(false)
  useEffect(() => {
    let isOver = false
    void findTake(ownerId, Date.now()).then((found) => {
      if (isOver) return
      dispatch({ type: 'restored', clips: found })
      setFound(true)
    })
    return () => {
      isOver = true
    }
  }, [ownerId])
  useEffect(() => {
    if (isFound) void keepTake(ownerId, clips, Date.now())
  }, [ownerId, clips, isFound])
  return [clips, dispatch] as const
}
