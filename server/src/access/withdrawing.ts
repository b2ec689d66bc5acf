import type { EventType } from '@tintype/contract'

/** Facts by which somebody may see less than before: from then on nothing older is read (see engines/db/floor.ts). */
export const withdraws: ReadonlySet<EventType> = new Set<EventType>([
  ...(['user.hidden', 'user.deleted', 'user.privacy_changed', 'user.reach_changed', 'user.blocked'] as const),
  ...(['user.unfollowed', 'user.follower_removed', 'user.updated', 'moderation.acted'] as const),
  ...(['moderation.words_changed', 'post.edited', 'post.people_changed', 'post.retagged'] as const),
  ...(['post.archived', 'post.deleted', 'post.unliked', 'comment.deleted', 'comment.reviewed'] as const),
])
