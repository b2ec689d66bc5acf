import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Slider } from '../../../ui/Slider.tsx'
import { t } from './messages.ts'
import styles from './Recorder.module.css'
import { type Clip, shownOf, type TakeAction } from './take.ts'

interface ClipListProps {
  clips: readonly Clip[]
  disabled: boolean
  dispatch: (action: TakeAction) => void
}

const STEP = 0.1

/** What was recorded, in its order; the chosen one can be cut, moved and deleted. */
export function ClipList({ clips, disabled, dispatch }: ClipListProps) {
  const [chosen, setChosen] = useState<string>()
  const [last] = clips.slice(-1)
  if (!last) return <p className={styles.note}>{t('record.none')}</p>
  return (
    <>
      <ol className={styles.clips} aria-label={t('record.clips')}>
        {clips.map((clip, at) => (
          <li key={clip.id}>
            <button
              type="button"
              className={styles.clip}
              aria-expanded={clip.id === chosen}
              disabled={disabled}
              onClick={() => setChosen(clip.id === chosen ? undefined : clip.id)}
            >
              {t('record.clip', { n: at + 1, time: clock(shownOf(clip)) })}
            </button>
            {clip.id === chosen && (
              <ClipTools clip={clip} n={at + 1} of={clips.length} disabled={disabled} dispatch={dispatch} />
            )}
          </li>
        ))}
      </ol>
      <Button
        label={t('record.deleteLast')}
        icon={Trash2}
        tone="quiet"
        disabled={disabled}
        onPress={() => dispatch({ type: 'removed', id: last.id })}
      />
    </>
  )
}

interface ClipToolsProps {
  clip: Clip
  n: number
  of: number
  disabled: boolean
  dispatch: (action: TakeAction) => void
}

function ClipTools({ clip, n, of, disabled, dispatch }: ClipToolsProps) {
  const { id, seconds, from, to } = clip
  return (
    <div className={styles.tools}>
      <Slider
        label={t('record.from', { n })}
        value={from}
        min={0}
        max={seconds}
        step={STEP}
        text={clock(from)}
        onChange={(value) => dispatch({ type: 'trimmed', id, from: value })}
      />
      <Slider
        label={t('record.to', { n })}
        value={to}
        min={0}
        max={seconds}
        step={STEP}
        origin={seconds}
        text={clock(to)}
        onChange={(value) => dispatch({ type: 'trimmed', id, to: value >= seconds - STEP ? seconds : value })}
      />
      <div className={styles.ways}>
        <IconButton
          icon={ArrowUp}
          label={t('record.earlier', { n })}
          disabled={disabled || n === 1}
          onPress={() => dispatch({ type: 'moved', id, by: -1 })}
        />
        <IconButton
          icon={ArrowDown}
          label={t('record.later', { n })}
          disabled={disabled || n === of}
          onPress={() => dispatch({ type: 'moved', id, by: 1 })}
        />
        <IconButton
          icon={Trash2}
          label={t('record.delete', { n })}
          disabled={disabled}
          onPress={() => dispatch({ type: 'removed', id })}
        />
      </div>
    </div>
  )
}

const clock = (seconds: number): string => `${seconds.toFixed(1)} s`
