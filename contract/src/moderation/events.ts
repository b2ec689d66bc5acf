import { event } from '../core/events.ts'
import type { StoryId, UserId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'
import type { ActId } from './schemas.ts'

export const moderationEvents = {
  /** Moderators have acted on a member, or on something of theirs. */
  'moderation.acted': event<{ act_id: ActId; user_id: UserId }>((e) => e.user_id),
  /** What they did was taken back, or is over. */
  'moderation.lifted': event<{ act_id: ActId; user_id: UserId; why: 'appeal' | 'expired' | 'moderator' }>(
    (e) => e.user_id,
  ),
  'moderation.appeal_refused': event<{ act_id: ActId; user_id: UserId }>((e) => e.user_id),
  /** Only those who follow them see from now on what they do; or everybody again. */
  'user.reach_changed': event<{ user_id: UserId }>((e) => e.user_id),
  /** By whom. */
  'moderation.words_changed': event<{ user_id: UserId }>(() => 'words'),
  /** Which pictures are known, or what is done with them. */
  'moderation.pictures_changed': event<{ act_id: ActId | null }>(() => 'pictures'),
  /** A text of a stranger is held, as it looks like spam; `what` spoke for it, in log odds, and `features` were counted. */
  'moderation.spam_found': event<{
    subject: SubjectRef
    user_id: UserId
    score: number
    version: number
    reasons: { what: string; weight: number }[]
    features: Record<string, number>
  }>((e) => e.subject.id),
  /** What speaks for spam, or from when on texts are held. */
  'moderation.spam_changed': event<{ version: number | null }>(() => 'spam'),
  /** Taken from view by moderators, or given back. */
  'story.removed': event<{ story_id: StoryId; author_id: UserId }>((e) => e.story_id),
  'story.restored': event<{ story_id: StoryId; author_id: UserId }>((e) => e.story_id),
}
