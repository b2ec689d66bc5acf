import { queryOptions, useQuery } from '@tanstack/react-query'
import { useIsTakenOver } from '../../ui/first-paint.ts'
import { api } from '../client.ts'
import { isQuiet, useMe } from '../member.ts'

/** Conversations with something unread, and requests. */
export const unreadQuery = queryOptions({
  queryKey: ['unread-messages'],
  queryFn: ({ signal }) => api.conversations.unread({ signal }),
  staleTime: 5 * 60_000,
})

/** The badge of messages, none in quiet mode; nothing is asked for it before the page is there. */
export function useUnreadMessages(): number {
  const isTakenOver = useIsTakenOver()
  const me = useMe()
  const { data } = useQuery({ ...unreadQuery, enabled: isTakenOver && me !== null })
  return data && me && !isQuiet(me) ? data.count : 0
}
