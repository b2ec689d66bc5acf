import type { ConversationId, Message, MessageId } from '@tintype/contract'
import { Alarm } from '../../realtime/alarm.ts'
import { live, onCatchUp } from '../live.ts'
import { queryClient } from '../query-client.ts'
import { unreadQuery } from './unread.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: unreadQuery.queryKey })

/** Milliseconds; of several messages at once the newest is acknowledged. */
const GATHER_MS = 1000
const reached = new Map<ConversationId, MessageId>()
const gathering = new Alarm()

/** Tells the senders that this device has the messages of a conversation up to one. */
export function tellDelivered(id: ConversationId, up_to: MessageId): void {
  if ((reached.get(id) ?? '') >= up_to) return
  reached.set(id, up_to)
  if (gathering.isSet) return
  gathering.set(GATHER_MS, () => {
    for (const [conversation_id, message_id] of reached)
      live.send({ type: 'delivered', data: { conversation_id, up_to: message_id } })
    reached.clear()
  })
}

const heard = ({ is_own, conversation_id, message_id }: Message): void => {
  if (!is_own) tellDelivered(conversation_id, message_id)
}

/** Milliseconds between two signs that the app is looked at. */
const ACTIVE_MS = 30_000

const tellActive = (): void => {
  if (document.visibilityState === 'visible') live.send({ type: 'active', data: {} })
}

/** What every member is told of messages, and tells, wherever they are in the app. Answers the way to stop. */
export function listenToUnread(): () => void {
  const beat = setInterval(tellActive, ACTIVE_MS)
  document.addEventListener('visibilitychange', tellActive)
  tellActive()
  const ends = [
    live.on('ready', tellActive),
    live.on('messages.unread', ({ count }) =>
      queryClient.setQueryData(unreadQuery.queryKey, (known) => known && { ...known, count }),
    ),
    live.on('message.created', ({ message }) => heard(message)),
    live.on('conversation.changed', () => void refresh()),
    onCatchUp(refresh),
  ]
  return () => {
    clearInterval(beat)
    document.removeEventListener('visibilitychange', tellActive)
    for (const end of ends) end()
  }
}
