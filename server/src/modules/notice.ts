import type {
  CommentId,
  Events,
  EventType,
  NotificationType,
  PostId,
  StoryId,
  UserId,
} from '@tintype/contract'

/** What a notification is about. One member is told of one fact once. */
export interface Fact {
  /** Who is told. */
  user_id: UserId
  type: NotificationType
  actor_id: UserId
  post_id: PostId | null
  comment_id: CommentId | null
  story_id: StoryId | null
}

/** `stands`: an event says it has become true; else that it has ended. What is true now, only a look at the truth says. */
export interface Claim {
  fact: Fact
  stands: boolean
}

/** What a module tells members of. */
export interface Notices {
  /** Which facts an event begins and which it ends. */
  on: { readonly [T in EventType]?: (payload: Events[T]) => Claim[] }
  /** Those of the facts that are this module's and true right now; others' facts may be among those asked for. */
  standing(facts: readonly Fact[]): Promise<Fact[]>
}

export const factOf = (
  type: NotificationType,
  user_id: UserId,
  actor_id: UserId,
  post_id: PostId | null = null,
  comment_id: CommentId | null = null,
): Fact => ({ user_id, type, actor_id, post_id, comment_id, story_id: null })
/** The same of a story. */
export const storyFactOf = (
  type: NotificationType,
  user_id: UserId,
  actor_id: UserId,
  story_id: StoryId,
): Fact => ({ ...factOf(type, user_id, actor_id), story_id })
export const begins = (...facts: Fact[]): Claim[] => facts.map((fact) => ({ fact, stands: true }))
export const ends = (...facts: Fact[]): Claim[] => facts.map((fact) => ({ fact, stands: false }))
