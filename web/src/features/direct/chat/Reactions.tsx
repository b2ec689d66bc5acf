import { setMessageReaction } from '../../../data/direct/message-intents.ts'
import { entities } from '../../../data/entities/entities.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { useChat } from './chat-context.ts'
import styles from './Reactions.module.css'

/** Below the message; one's own is taken back by a press, another's is joined. */
export function Reactions({ message }: { message: MessageEntity }) {
  const me = useMember()
  const { isClosed } = useChat()
  const named = (id: string) => (id === me.user_id ? t('message.you') : nameById(id))
  return (
    <div className={styles.reactions}>
      {message.reactions.map(({ emoji, user_ids }) => {
        const isMine = user_ids.includes(me.user_id)
        return (
          <button
            key={emoji}
            type="button"
            className={styles.reaction}
            aria-pressed={isMine}
            aria-label={t('message.reactionBy', { emoji, names: user_ids.map(named).join(', ') })}
            title={user_ids.map(named).join(', ')}
            disabled={isClosed}
            onClick={() => void setMessageReaction(message, me.user_id, isMine ? null : emoji)}
          >
            <span aria-hidden>{emoji}</span>
            {user_ids.length > 1 && <span className={styles.count}>{user_ids.length}</span>}
          </button>
        )
      })}
    </div>
  )
}

function nameById(id: string): string {
  const user = entities.get('users', id as never)
  return user ? nameOf(user) : t('system.somebody')
}
