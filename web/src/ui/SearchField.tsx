import { Search } from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'
import styles from './Field.module.css'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Its label is its placeholder too, so it needs none above. */
export function SearchField({ label, value, onChange, onKeyDown, autoFocus, ref }: SearchFieldProps) {
  return (
    <div className={styles.withAction}>
      <Search aria-hidden size={18} className={styles.icon} />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: only where opening the field was the member's own request
        autoFocus={autoFocus}
        className={`${styles.input} ${styles.search}`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
