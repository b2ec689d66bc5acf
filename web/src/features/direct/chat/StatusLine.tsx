import type { UserId } from '@tintype/contract'
import { entities, useConversation } from '../../../data/entities/entities.ts'
import type { Membership, MessageEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { shortName } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { useChat } from './chat-context.ts'
import styles from './StatusLine.module.css'

/** Sent, then delivered, then seen: by whom, in a group. */
export function StatusLine({ message }: { message: MessageEntity }) {
  const { id, isGroup } = useChat()
  const me = useMember()
  const others = useConversation(id)?.members.filter(({ user_id }) => user_id !== me.user_id) ?? []
  return (
    <p className={styles.status} role="status">
      {statusOf(message, others, isGroup)}
    </p>
  )
}

function statusOf({ message_id }: MessageEntity, others: readonly Membership[], isGroup: boolean): string {
  const has = (mark: string | null) => mark !== null && mark >= message_id
  const readers = others.filter((one) => has(one.last_read_message_id))
  if (readers.length > 0)
    return isGroup
      ? t('message.seenBy', { names: namesOf(readers.map((one) => one.user_id)) })
      : t('message.seen')
  return others.some((one) => has(one.last_delivered_message_id)) ? t('message.delivered') : t('message.sent')
}

/** How many are named. */
const NAMED = 4

function namesOf(ids: readonly UserId[]): string {
  const names = ids.flatMap((id) => entities.get('users', id) ?? []).map(shortName)
  const rest = names.length - NAMED
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} +${rest}` : names.join(', ')
}
