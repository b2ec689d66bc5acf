import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Notification } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'

interface NotificationPage {
  items: Notification[]
  next_cursor: string | null
}

/** Notifications are read once and do not change, so their pages hold them whole; their people go into the store. */
export const notificationList = infiniteQueryOptions({
  queryKey: ['notifications'],
  queryFn: async ({ pageParam, signal }): Promise<NotificationPage> => {
    const page = await api.notifications.list({
      query: { cursor: pageParam ?? undefined, limit: 30 },
      signal,
    })
    ingestUsers(page.items.map((item) => item.actor))
    return page
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  staleTime: 0,
})
