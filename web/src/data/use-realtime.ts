import { useEffect } from 'react'
import { entities } from './entities/entities.ts'
import { live, onCatchUp } from './live.ts'
import { listenToStories } from './live-stories.ts'
import { patchMe } from './member.ts'
import { newPosts } from './new-posts.ts'
import { refreshPost } from './posts.ts'
import { queryClient } from './query-client.ts'

const invalidate = (name: string) => queryClient.invalidateQueries({ queryKey: [name] })

/** What every member is told, wherever they are in the app. */
function listen(): (() => void)[] {
  return [
    live.on('feed.new_posts', ({ count }) => newPosts.add(count)),
    live.on('notifications.unread', ({ count }) => {
      patchMe({ unread_notifications: count })
      void invalidate('notifications')
    }),
    live.on('post.status', ({ post_id }) => void refreshPost(post_id)),
    ...listenToStories(),
    listenLater(async () => (await import('./direct/live-unread.ts')).listenToUnread()),
    onCatchUp(() => Promise.all([invalidate('me'), invalidate('notifications'), newPosts.lookAgain()])),
    onCatchUp(() => {
      const inTheMaking = entities.find('posts', ({ status }) => status === 'processing')
      return Promise.allSettled(inTheMaking.map(refreshPost))
    }),
  ]
}

/** Listens as soon as the code that does is there. Answers the way to stop. */
function listenLater(load: () => Promise<() => void>): () => void {
  let end: (() => void) | undefined
  let isOver = false
  load().then(
    (stop) => {
      if (isOver) stop()
      else end = stop
    },
    () => undefined,
  )
  return () => {
    isOver = true
    end?.()
  }
}

/** Keeps the socket open while a member is logged in. */
export function useRealtime(userId: string | undefined): void {
  useEffect(() => {
    if (!userId) return
    const ends = listen()
    live.open()
    return () => {
      live.close()
      for (const end of ends) end()
    }
  }, [userId])
}
