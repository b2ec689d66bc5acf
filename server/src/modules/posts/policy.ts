import type { PostRecord } from './store.ts'

/** How a viewer stands to a member: sees content, only the head of the profile, or nothing at all. */
export type Standing = 'full' | 'locked' | 'hidden'

/** Posts in the making, and those that failed, are their author's alone. */
export function maySeePost(
  post: Pick<PostRecord, 'author_id' | 'status'>,
  viewerId: string | null,
  standing: Standing | undefined,
): boolean {
  if (post.author_id === viewerId) return standing !== 'hidden'
  return standing === 'full' && post.status === 'published'
}
