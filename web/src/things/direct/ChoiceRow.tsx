import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './PeoplePicker.module.css'

interface ChoiceRowProps {
  avatar: ReactNode
  name: string
  note: string
  isChosen: boolean
  onPress: () => void
}

/** Somebody, or a conversation, that can be chosen. */
export function ChoiceRow({ avatar, name, note, isChosen, onPress }: ChoiceRowProps) {
  return (
    <button type="button" className={styles.person} aria-pressed={isChosen} onClick={onPress}>
      {avatar}
      <span className={styles.names}>
        <span className={styles.name}>{name}</span>
        <span className={styles.note}>{note}</span>
      </span>
      <span className={styles.mark} data-chosen={isChosen || undefined}>
        {isChosen && <Check aria-hidden size={14} strokeWidth={3} />}
      </span>
    </button>
  )
}
