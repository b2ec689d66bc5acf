import type { RefObject } from 'react'
import type { ConversationEntity, MessageEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { faceOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import styles from './ChatFoot.module.css'
import { MessageForm } from './MessageForm.tsx'
import { RequestBar } from './RequestBar.tsx'

interface ChatFootProps {
  conversation: ConversationEntity
  field: RefObject<HTMLTextAreaElement | null>
  editing: MessageEntity | null
  onEdited: () => void
  onSent: () => void
}

/** Where one writes, answers a request, or learns that one cannot write here. */
export function ChatFoot({ conversation, ...form }: ChatFootProps) {
  const me = useMember()
  const face = faceOf(conversation, me.user_id)
  const { status, may_send } = conversation.viewer
  if (status === 'request') return <RequestBar conversation={conversation} face={face} />
  if (!may_send)
    return (
      <p className={styles.closed} role="status">
        {face.other ? t('chat.closed', { name: face.name }) : t('chat.closedGroup')}
      </p>
    )
  return <MessageForm id={conversation.conversation_id} name={face.name} {...form} />
}
