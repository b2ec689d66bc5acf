import type { ConversationId, UserId } from '@tintype/contract'
import { entities, useConversation } from '../../../data/entities/entities.ts'
import { useMember } from '../../../data/member.ts'
import { shortName } from '../../../things/direct/conversation-face.ts'
import { excerptOf } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import styles from './NewestLine.module.css'

interface NewestLineProps {
  id: ConversationId
  typing: readonly UserId[]
}

/** Who types, or hears of it later, in a line that is always there; and for screen readers what has just been said. */
export function NewestLine({ id, typing }: NewestLineProps) {
  const me = useMember()
  const conversation = useConversation(id)
  const last = conversation?.last_message
  const sender = last?.user_id ? entities.get('users', last.user_id) : undefined
  const said =
    last && !last.is_own ? `${sender ? shortName(sender) : ''}: ${excerptOf(last, me.user_id)}` : ''
  const text = typingText(typing)
  const quiet = last?.is_own && conversation?.members.find((member) => member.quiet)
  const silent = quiet ? entities.get('users', quiet.user_id) : undefined
  return (
    <div className={styles.line}>
      {text && (
        <p className={styles.typing} role="status">
          <span className={styles.dots} aria-hidden>
            <span />
            <span />
            <span />
          </span>
          {text}
        </p>
      )}
      {silent && !text && <p className={styles.typing}>{t('chat.quietNote', { name: shortName(silent) })}</p>}
      <VisuallyHidden live>{said}</VisuallyHidden>
    </div>
  )
}

function typingText(ids: readonly UserId[]): string {
  const names = ids.flatMap((id) => entities.get('users', id) ?? []).map(shortName)
  const [a, b] = names
  if (!a) return ''
  if (!b) return t('chat.typing', { name: a })
  return names.length > 2 ? t('chat.typingMore') : t('chat.typingTwo', { a, b })
}
