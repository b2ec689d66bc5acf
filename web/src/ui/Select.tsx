import { ChevronDown } from 'lucide-react'
import styles from './Field.module.css'
import { Field } from './Field.tsx'

interface SelectProps<V extends string> {
  label: string
  value: V
  options: readonly { value: V; label: string }[]
  onChange: (value: V) => void
}

export function Select<V extends string>({ label, value, options, onChange }: SelectProps<V>) {
  const handleChange = (chosen: string) => {
    const option = options.find((one) => one.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <Field label={label}>
      {({ id }) => (
        <div className={styles.withAction}>
          <select
            id={id}
            className={styles.input}
            value={value}
            onChange={(event) => handleChange(event.target.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden size={18} className={styles.chevron} />
        </div>
      )}
    </Field>
  )
}
