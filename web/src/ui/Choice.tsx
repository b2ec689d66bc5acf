import { useId } from 'react'
import styles from './Choice.module.css'

interface ChoiceProps<V extends string> {
  label: string
  value: V
  options: readonly { value: V; label: string; hint: string }[]
  onChange: (value: V) => void
}

/** One of a few that each need a sentence: radios as cards. */
export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.text}>
            <span className={styles.name}>{option.label}</span>
            <span className={styles.hint}>{option.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
