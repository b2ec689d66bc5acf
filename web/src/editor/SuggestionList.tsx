import { Hash } from 'lucide-react'
import { t } from '../kit/messages.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { OptionList } from '../ui/OptionList.tsx'
import styles from './SuggestionList.module.css'
import type { Suggestion } from './use-suggestions.ts'

interface SuggestionListProps {
  id: string
  suggestions: readonly Suggestion[]
  active: number
  onTake: (index: number) => void
  /** Above the text, where that stands at the foot of the screen. */
  above?: boolean
}

/** What a #tag or @name that is being written could be. */
export function SuggestionList({ id, suggestions, active, onTake, above }: SuggestionListProps) {
  return (
    <OptionList
      id={id}
      label={t('editor.suggestions')}
      className={above ? styles.above : styles.below}
      options={suggestions.map((one) => ({ key: one.value, content: <Face suggestion={one} /> }))}
      active={active}
      onTake={onTake}
    />
  )
}

function Face({ suggestion }: { suggestion: Suggestion }) {
  return suggestion.kind === 'mention' ? (
    <>
      <Avatar user={suggestion.user} size={32} />
      <span className={styles.names}>
        <span className={styles.name}>{suggestion.value}</span>
        <span className={styles.full}>{suggestion.user.full_name}</span>
      </span>
    </>
  ) : (
    <>
      <span className={styles.hash}>
        <Hash aria-hidden size={16} />
      </span>
      <span className={styles.name}>{suggestion.value}</span>
    </>
  )
}
