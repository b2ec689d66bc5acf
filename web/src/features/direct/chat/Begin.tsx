import { Link } from '@tanstack/react-router'
import { useConversation } from '../../../data/entities/entities.ts'
import { useMember } from '../../../data/member.ts'
import { ConversationAvatar } from '../../../things/direct/ConversationAvatar.tsx'
import { faceOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import styles from './Begin.module.css'
import { useChat } from './chat-context.ts'

/** Above the first message: with whom this is. */
export function Begin() {
  const me = useMember()
  const conversation = useConversation(useChat().id)
  if (!conversation) return null
  const face = faceOf(conversation, me.user_id)
  return (
    <div className={styles.begin}>
      <ConversationAvatar conversation={conversation} face={face} size={96} />
      <p className={styles.name}>{face.name}</p>
      {face.other ? (
        <Link to="/$username" params={{ username: face.other.username }} className={styles.link}>
          {face.other.username}
        </Link>
      ) : (
        <p className={styles.note}>{t('chat.members', { count: face.others.length + 1 })}</p>
      )}
    </div>
  )
}
