import type { UserId } from '@tintype/contract'
import { entities } from './entities/entities.ts'
import { live, onCatchUp } from './live.ts'
import { meQuery } from './member.ts'
import { queryClient } from './query-client.ts'
import { markSeen } from './stories-seen.ts'

const invalidate = (...queryKey: string[]) =>
  void queryClient.invalidateQueries({ queryKey: ['stories', ...queryKey] })

function authorChanged(id: UserId | undefined): void {
  const username = id && entities.get('users', id)?.username
  if (username) invalidate('of', username)
}

/** What a member is told of stories, wherever they are in the app. Answers the ways to stop. */
export function listenToStories(): (() => void)[] {
  const self = () => queryClient.getQueryData(meQuery.queryKey)?.user_id
  return [
    live.on('stories.published', ({ user_id }) => {
      invalidate('tray')
      authorChanged(user_id)
    }),
    live.on('stories.seen', ({ story_id }) => {
      // One that this device has not read is in its author's count alone.
      if (entities.get('stories', story_id)) markSeen(story_id)
      else invalidate('tray')
    }),
    live.on('story.viewed', ({ story_id }) => {
      invalidate('views', story_id)
      authorChanged(self())
    }),
    live.on('story.status', () => {
      invalidate('tray')
      authorChanged(self())
    }),
    onCatchUp(() => invalidate('tray')),
  ]
}
