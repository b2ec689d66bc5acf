import type { MessageId, UserSummary } from '@tintype/contract'
import { useConversation, useUser } from '../../../data/entities/entities.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { useListed } from '../../../data/use-listed.ts'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { systemText } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { useChat } from './chat-context.ts'
import { clockTime } from './chat-time.ts'
import { MessageBody } from './MessageBody.tsx'
import { MessageControls } from './MessageControls.tsx'
import styles from './MessageRow.module.css'
import type { Placing } from './message-rows.ts'
import { Reactions } from './Reactions.tsx'
import { ReplyQuote } from './ReplyQuote.tsx'
import { StatusLine } from './StatusLine.tsx'

export function MessageRow({ id, first, last }: Placing & { id: MessageId }) {
  const message = useListed('messages', id)
  const me = useMember()
  const user = useUser(message?.user_id ?? undefined)
  if (!message) return <div className={styles.gap} />
  if (message.system) return <p className={styles.system}>{systemText(message.system, me.user_id)}</p>
  return <Said message={message} user={user} first={first} last={last} />
}

interface SaidProps extends Placing {
  message: MessageEntity
  /** Undefined of those who are not to be seen any more. */
  user: UserSummary | undefined
}

function Said({ message, user, first, last }: SaidProps) {
  const { isGroup, id } = useChat()
  const isOwn = message.is_own
  const name = isOwn ? t('message.you') : user ? nameOf(user) : t('system.somebody')
  const isNewest = useConversation(id)?.last_message?.message_id === message.message_id
  return (
    <div
      className={styles.message}
      data-own={isOwn || undefined}
      data-first={first || undefined}
      data-last={last || undefined}
    >
      {isGroup && !isOwn && (
        <span className={styles.face}>{last && user && <Avatar user={user} size={28} />}</span>
      )}
      <div className={styles.column}>
        {isGroup && !isOwn && first && (
          <p className={styles.name} aria-hidden>
            {name}
          </p>
        )}
        <MessageControls message={message} name={name}>
          <VisuallyHidden>{`${name}, ${clockTime(message.created_at)}: `}</VisuallyHidden>
          {message.reply_to && <ReplyQuote reply={message.reply_to} />}
          <MessageBody message={message} name={name} />
        </MessageControls>
        {message.reactions.length > 0 && <Reactions message={message} />}
        {isOwn && isNewest && !message.unsent && <StatusLine message={message} />}
      </div>
    </div>
  )
}
