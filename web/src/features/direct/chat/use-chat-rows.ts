import { useQuery } from '@tanstack/react-query'
import type { ConversationId, MessageId } from '@tintype/contract'
import { useMemo } from 'react'
import { useOutgoing } from '../../../data/direct/outbox.ts'
import { threadQuery } from '../../../data/direct/thread.ts'
import { entities, useLiveIds } from '../../../data/entities/entities.ts'
import { type ChatRow, rowsOf } from './message-rows.ts'

const none: readonly MessageId[] = []

/** What stands in a conversation, as far as it has been read, with what is on its way. */
export function useChatRows(id: ConversationId, unreadAfter: MessageId | null) {
  const query = useQuery(threadQuery(id))
  const thread = query.data
  const ids = useLiveIds('messages', thread?.ids ?? none)
  const all = useOutgoing()
  const outgoing = useMemo(() => all.filter((one) => one.conversation_id === id), [all, id])
  const hasOlder = thread?.hasOlder ?? false
  const hasNewer = thread?.hasNewer ?? false
  const rows = useMemo((): ChatRow[] => {
    const messages = ids.flatMap((one) => entities.get('messages', one) ?? [])
    return rowsOf({ messages, hasOlder, outgoing: hasNewer ? [] : outgoing, unreadAfter })
  }, [ids, hasOlder, hasNewer, outgoing, unreadAfter])
  return { query, thread, rows, ids, hasOlder, hasNewer }
}
