import { type CSSProperties, useId } from 'react'
import styles from './Slider.module.css'

interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** The value for people, such as `+25`. */
  text: string
  /** Where the bar starts to fill; `min` unless given. */
  origin?: number
  /** Told during a drag, many times. */
  onChange: (value: number) => void
  /** The drag or the key press is over. */
  onRest?: () => void
}

/** A native range: keys, touch and screen readers work by themselves. A double click brings it back to its origin. */
export function Slider({ label, value, min, max, step, text, origin = min, onChange, onRest }: SliderProps) {
  const id = useId()
  const place = (number: number) => `${((number - min) / (max - min)) * 100}%`
  const style = {
    '--from': place(Math.min(origin, value)),
    '--to': place(Math.max(origin, value)),
  } as CSSProperties
  const handleReset = () => {
    onChange(origin)
    onRest?.()
  }
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id} className={styles.value}>
        {text}
      </output>
      <input
        id={id}
        type="range"
        className={styles.slider}
        style={style}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        onPointerUp={onRest}
        onKeyUp={onRest}
        onBlur={onRest}
        onDoubleClick={handleReset}
      />
    </div>
  )
}

/** `+25` or `−25`, with so many digits behind the point. */
export const signed = (value: number, digits = 0): string =>
  `${value > 0 ? '+' : ''}${value.toFixed(digits)}`.replace('-', '−')
