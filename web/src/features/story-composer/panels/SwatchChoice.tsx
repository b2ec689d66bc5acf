import { type CSSProperties, useId } from 'react'
import styles from './SwatchChoice.module.css'

interface SwatchChoiceProps<V extends string> {
  label: string
  value: V
  options: readonly {
    value: V
    label: string
    /** A colour or gradient to show, */
    paint?: string
    /** or a sign, */
    sign?: string
    /** in this font. */
    font?: string
  }[]
  onChange: (value: V) => void
}

/** One of some that are seen rather than read: native radios, so arrows work by themselves. */
export function SwatchChoice<V extends string>({ label, value, options, onChange }: SwatchChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            aria-label={option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span
            aria-hidden="true"
            className={styles.swatch}
            style={{ '--paint': option.paint ?? 'var(--hover)', fontFamily: option.font } as CSSProperties}
          >
            {option.sign}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
