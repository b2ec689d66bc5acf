import type { StoryId } from '@tintype/contract'
import { entities } from './entities/entities.ts'

/** It was looked at: the ring around its author loses its colour with the last one. */
export function markSeen(story_id: StoryId): void {
  const story = entities.truth('stories', story_id)
  if (!story || story.viewer.seen) return
  entities.patch('stories', story_id, { viewer: { ...story.viewer, seen: true } })
  const ring = entities.get('users', story.user_id)?.stories
  if (ring) {
    const unseen = Math.max(0, ring.unseen - 1)
    entities.patch('users', story.user_id, { stories: { ...ring, unseen } })
  }
}
