import { t } from '../../../things/direct/messages.ts'
import styles from './QuickReactions.module.css'

const EMOJI = ['❤️', '😂', '😮', '😢', '👏', '🔥']

interface QuickReactionsProps {
  chosen: string | null
  onChoose: (emoji: string) => void
}

export function QuickReactions({ chosen, onChoose }: QuickReactionsProps) {
  const all = chosen && !EMOJI.includes(chosen) ? [chosen, ...EMOJI.slice(1)] : EMOJI
  return (
    <fieldset className={styles.reactions} aria-label={t('message.reactions')}>
      {all.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={styles.emoji}
          aria-label={emoji === chosen ? t('message.unreact', { emoji }) : t('message.react', { emoji })}
          aria-pressed={emoji === chosen}
          onClick={() => onChoose(emoji)}
        >
          <span aria-hidden>{emoji}</span>
        </button>
      ))}
    </fieldset>
  )
}
