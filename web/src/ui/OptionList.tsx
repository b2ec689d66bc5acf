import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './OptionList.module.css'

interface OptionListProps {
  id: string
  label: string
  /** Where it stands, beside the field that it belongs to. */
  className: string | undefined
  options: readonly { key: string; content: ReactNode }[]
  /** The position of the one that is chosen by keys; -1: none. */
  active: number
  onTake: (index: number) => void
}

/** What could be meant by what is written in a field. Focus stays there; the list is only pointed at. */
export function OptionList({ id, label, className, options, active, onTake }: OptionListProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className={classes(styles.list, className)}>
      {options.map(({ key, content }, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant of the field
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled where the focus is, in the field
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          {content}
        </div>
      ))}
    </div>
  )
}
