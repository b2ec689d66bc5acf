import type { LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { classes } from './classes.ts'
import styles from './Tabs.module.css'

interface TabsProps<V extends string> {
  label: string
  value: V
  tabs: readonly { value: V; label: string; icon?: LucideIcon }[]
  onChange: (value: V) => void
  children: ReactNode
}

/** With more of them a phone has room for their icons alone. */
const ROOM = 4

/** Arrow keys move between tabs, as the tabs pattern of ARIA has it. */
export function Tabs<V extends string>({ label, value, tabs, onChange, children }: TabsProps<V>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const isCrowded = tabs.length > ROOM && tabs.every((tab) => tab.icon)
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    onChange(next.value)
    list.current?.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className={classes(styles.list, isCrowded && styles.crowded)}
        onKeyDown={handleKey}
      >
        {tabs.map(({ value: each, label: name, icon: Icon }) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            data-value={each}
            aria-selected={each === value}
            aria-controls={`${id}-panel`}
            tabIndex={each === value ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(each)}
          >
            {Icon && <Icon aria-hidden size={16} />}
            <span className={styles.name}>{name}</span>
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  )
}
