import { API_PREFIX } from '@tintype/contract'
import { useEffect } from 'react'
import { api } from './client.ts'
import { patchMe } from './member.ts'
import { refreshPost } from './posts.ts'
import { queryClient } from './query-client.ts'
import { newPosts } from './new-posts.ts'
import { type Handlers, RealtimeSocket } from '../realtime/socket.ts'

let connections = 0

const handlers: Handlers = {
  // What was missed while away is fetched, not replayed; at the first connection nothing was.
  ready: () => {
    connections += 1
    if (connections > 1) void queryClient.invalidateQueries({ queryKey: ['me'] })
  },
  'feed.new_posts': ({ count }) => newPosts.add(count),
  'notifications.unread': ({ count }) => {
    patchMe({ unread_notifications: count })
    void queryClient.invalidateQueries({ queryKey: ['notifications'] })
  },
  'post.status': ({ post_id }) => void refreshPost(post_id),
}

/** Keeps the socket open while a member is logged in. */
export function useRealtime(userId: string | undefined): void {
  useEffect(() => {
    if (!userId) return
    const url = new URL(`${API_PREFIX}/realtime`, location.href)
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new RealtimeSocket({ url: url.href, handlers, beforeRetry: () => api.members.me() })
    socket.open()
    return () => socket.close()
  }, [userId])
}
