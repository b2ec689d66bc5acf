import { RotateCcw } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { fineClockText } from '../../../ui/clock-text.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Slider } from '../../../ui/Slider.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { type Selected, useComposer } from '../composer-context.ts'
import { type Cut, isFilm, wholeFilm } from '../draft/draft.ts'
import { t } from '../messages.ts'
import { shownSeconds } from '../stage/follow-clips.ts'
import styles from './CropPanel.module.css'

/** Seconds that are kept at least. */
const SHORTEST = 0.5
const STEP = 0.1
const speeds = [0.5, 1, 1.5, 2].map((n) => ({ value: `${n}`, label: t('film.times', { n: `${n}` }) }))

/** Where the selected film begins and ends, whether it is heard, and which still stands for it. */
export function FilmPanel({ selected }: { selected: Selected }) {
  const { session } = useComposer()
  const { shot, source, preview } = selected
  const { cut } = shot
  const { seconds } = source
  const change = (next: Partial<Cut>, stroke?: string) =>
    session.dispatch({ type: 'cut', id: shot.id, cut: { ...cut, ...next }, stroke })
  const handleRest = () => session.dispatch({ type: 'strokeEnded' })
  if (!isFilm(source)) return <p className={styles.note}>{t('film.loop')}</p>
  const { clips } = cut
  const untouched = { ...wholeFilm, clips }
  const isChanged = JSON.stringify(cut) !== JSON.stringify(untouched)
  return (
    <div className={styles.panel}>
      {clips && (
        <>
          <p className={styles.note}>{t('film.clips', { count: clips.length })}</p>
          <Cover cut={cut} from={0} to={shownSeconds(clips)} onChange={change} onRest={handleRest} />
        </>
      )}
      {clips ? null : seconds !== undefined && seconds > 2 * SHORTEST ? (
        <Cuts cut={cut} seconds={seconds} onChange={change} onRest={handleRest} />
      ) : (
        <p className={styles.note}>{preview ? t('film.unknown') : ''}</p>
      )}
      <Switch label={t('film.mute')} checked={cut.mute} onChange={(mute) => change({ mute })} />
      <p className={styles.note}>{t('film.noCrop')}</p>
      {isChanged && (
        <Button
          label={t('film.reset')}
          icon={RotateCcw}
          tone="quiet"
          wide
          onPress={() => change(untouched)}
        />
      )}
    </div>
  )
}

interface CutsProps {
  cut: Cut
  seconds: number
  onChange: (next: Partial<Cut>, stroke?: string) => void
  onRest: () => void
}

function Cuts({ cut, seconds, onChange, onRest }: CutsProps) {
  const end = cut.end ?? seconds
  return (
    <>
      <Slider
        label={t('film.start')}
        value={cut.start}
        min={0}
        max={seconds - SHORTEST}
        step={STEP}
        text={fineClockText(cut.start)}
        onChange={(start) => onChange({ start: Math.min(start, end - SHORTEST) }, 'start')}
        onRest={onRest}
      />
      <Slider
        label={t('film.end')}
        value={end}
        min={SHORTEST}
        max={seconds}
        step={STEP}
        origin={seconds}
        text={fineClockText(end)}
        onChange={(value) => onChange({ end: endOf(Math.max(value, cut.start + SHORTEST), seconds) }, 'end')}
        onRest={onRest}
      />
      <Cover cut={cut} from={cut.start} to={end} max={seconds} onChange={onChange} onRest={onRest} />
      <Segmented
        label={t('film.speed')}
        value={`${cut.speed}`}
        options={speeds}
        onChange={(speed) => onChange({ speed: Number(speed) })}
      />
    </>
  )
}

interface CoverProps extends Pick<CutsProps, 'cut' | 'onChange' | 'onRest'> {
  from: number
  to: number
  /** Where the slider ends; `to` unless given. */
  max?: number
}

function Cover({ cut, from, to, max = to, onChange, onRest }: CoverProps) {
  const within = (value: number) => Math.min(to, Math.max(from, value))
  return (
    <Slider
      label={t('film.cover')}
      value={within(cut.cover ?? from)}
      min={0}
      max={max}
      step={STEP}
      text={cut.cover === null ? t('film.coverAuto') : fineClockText(cut.cover)}
      onChange={(cover) => onChange({ cover: within(cover) }, 'cover')}
      onRest={onRest}
    />
  )
}

const endOf = (value: number, seconds: number): number | null => (value >= seconds - STEP ? null : value)
