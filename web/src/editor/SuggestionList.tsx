import { Hash } from 'lucide-react'
import { t } from '../kit/messages.ts'
import { Avatar } from '../ui/Avatar.tsx'
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

/** Focus stays in the text; the list is only pointed at. */
export function SuggestionList({ id, suggestions, active, onTake, above }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('editor.suggestions')}
      className={above ? styles.above : styles.list}
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant of the text
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled where the focus is, in the text
        <div
          key={suggestion.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          {suggestion.kind === 'mention' ? (
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
          )}
        </div>
      ))}
    </div>
  )
}
