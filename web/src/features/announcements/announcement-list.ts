import { infiniteQueryOptions } from '@tanstack/react-query'
import type { AnnouncementId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'

/** Announcements are read and do not change, so their pages hold them whole. */
export const announcementList = infiniteQueryOptions({
  queryKey: ['announcements'],
  queryFn: ({ pageParam, signal }) =>
    api.announcements.list({ query: { cursor: pageParam ?? undefined, limit: 20 }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  staleTime: 0,
})

/** `key`: the same for every try to say one thing. */
export async function announce(text: string, key: string): Promise<void> {
  await api.announcements.make({ body: { text }, headers: { 'idempotency-key': key } })
  await queryClient.invalidateQueries({ queryKey: announcementList.queryKey })
}

export async function takeBack(announcement_id: AnnouncementId): Promise<void> {
  await api.announcements.delete({ params: { announcement_id } })
  await queryClient.invalidateQueries({ queryKey: announcementList.queryKey })
}
