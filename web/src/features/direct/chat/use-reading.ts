import type { ConversationId } from '@tintype/contract'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { markRead } from '../../../data/direct/read-marks.ts'
import { useConversation } from '../../../data/entities/entities.ts'

function subscribe(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

const useTabSeen = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => true,
  )

/** The newest message counts as read once it is in sight, in a tab that is looked at. */
export function useReading(id: ConversationId) {
  const [isAtEnd, setIsAtEnd] = useState(false)
  const isSeen = useTabSeen()
  const conversation = useConversation(id)
  const newest = conversation?.last_message?.message_id
  const isAccepted = conversation?.viewer.status === 'accepted'
  const isUnread = (conversation?.viewer.unread_count ?? 0) > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: also where it has become unread again, or a request was accepted
  useEffect(() => {
    if (isAtEnd && isSeen && newest) markRead(id, newest)
  }, [id, isAtEnd, isSeen, newest, isAccepted, isUnread])
  return { setIsAtEnd }
}
