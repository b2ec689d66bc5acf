import { limits, type StoryId, type UserId } from '@tintype/contract'
import { type Account, type Viewer, visibility } from '../../access/visibility.ts'
import { idFloor, idTime } from '../../kit/ids.ts'
import type { StoryRecord } from './store.ts'

const LIFE_MS = limits.storyLife * 1000

export const postedAt = (id: StoryId): number => idTime(id)
export const expiryOf = (id: StoryId): number => idTime(id) + LIFE_MS

/** It is over at that very millisecond, whatever has been cleaned away. */
export const isActive = (id: StoryId, now: number): boolean => now < expiryOf(id)

/** Ids of stories that are active then are not below this one. */
export const activeFrom = (now: number): StoryId => idFloor(now - LIFE_MS + 1)

type Kept = Pick<StoryRecord, 'story_id' | 'saved' | 'highlights'>
/** Its author still has it. */
export const isKept = ({ story_id, saved, highlights }: Kept, now: number): boolean =>
  saved || highlights > 0 || isActive(story_id, now)

type Judged = Kept & Pick<StoryRecord, 'author_id' | 'status' | 'audience' | 'circles'>
type Seen = 'audience' | 'circles' | 'status'

/** Who sees a story: its author as long as they have it, others while it is active or in a highlight. */
export function maySee(viewer: Viewer, author: Account | undefined, story: Judged, now: number): boolean {
  const isThere =
    viewer.user_id === story.author_id
      ? isKept(story, now)
      : story.highlights > 0 || isActive(story.story_id, now)
  return isThere && isFor(viewer, author, story)
}

/** The same of one that is there. */
export const isFor = (
  viewer: Viewer,
  author: Account | undefined,
  { audience, circles, status }: Pick<Judged, Seen>,
): boolean =>
  visibility(viewer, author, {
    audience: audience === 'followers' ? 'story' : audience,
    circles,
    status,
  }) === 'full'

/** Whether two are one member, which nobody may be told of themself. */
export const isAuthor = (story: Pick<StoryRecord, 'author_id'>, viewerId: UserId): boolean =>
  story.author_id === viewerId
