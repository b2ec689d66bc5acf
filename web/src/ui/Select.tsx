import { ChevronDown } from 'lucide-react'
import { classes } from './classes.ts'
import styles from './Field.module.css'
import { Field } from './Field.tsx'

interface SelectProps<V extends string> {
  label: string
  hint?: string | undefined
  value: V
  options: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  disabled?: boolean
}

/** One of a few that a word tells apart; the browser's own list, as a thumb and a keyboard know it. */
export function Select<V extends string>({
  label,
  hint,
  value,
  options,
  onChange,
  disabled,
}: SelectProps<V>) {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <span className={styles.withAction}>
          <select
            id={id}
            className={classes(styles.input, styles.select)}
            aria-describedby={describedBy}
            value={value}
            disabled={disabled}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value)
              if (chosen) onChange(chosen.value)
            }}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden size={18} className={styles.chevron} />
        </span>
      )}
    </Field>
  )
}
