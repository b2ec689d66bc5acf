import { event } from '../core/events.ts'
import type { HighlightId, StoryId, UserId } from '../core/schema.ts'
import type { StoryList } from './lists.ts'

export const storyEvents = {
  'story.published': event<{ story_id: StoryId; author_id: UserId; mentioned_ids: UserId[] }>(
    (e) => e.story_id,
  ),
  /** Seen by its author alone; `code` is of the error table. */
  'story.failed': event<{ story_id: StoryId; author_id: UserId; code: string }>((e) => e.story_id),
  /** By its author, with their account, or because its time was over and nothing keeps it. */
  'story.deleted': event<{ story_id: StoryId; author_id: UserId }>((e) => e.story_id),
  /** For the first time by this member, who is never its author. */
  'story.viewed': event<{ story_id: StoryId; author_id: UserId; user_id: UserId }>((e) => e.story_id),
  'story.reacted': event<{ story_id: StoryId; author_id: UserId; user_id: UserId }>((e) => e.story_id),
  'story.unreacted': event<{ story_id: StoryId; author_id: UserId; user_id: UserId }>((e) => e.story_id),
  /** For the first time, or otherwise than before. `sticker` is its place in the story, from 0. */
  'story.answered': event<{ story_id: StoryId; author_id: UserId; user_id: UserId; sticker: number }>(
    (e) => e.story_id,
  ),
  /** Whether a member stands in one of the lists that another keeps for stories. */
  'stories.list_changed': event<{ owner_id: UserId; member_id: UserId; list: StoryList; listed: boolean }>(
    (e) => e.owner_id,
  ),
  /** Made, edited or deleted. `story_ids`: those that it began or ceased to keep. */
  'highlight.changed': event<{ highlight_id: HighlightId; user_id: UserId; story_ids: StoryId[] }>(
    (e) => e.highlight_id,
  ),
}
