import type { CommentId, Events, NotificationType, PostId, UserId } from '@tintype/contract'
import type { Event } from '../../engines/event-log/port.ts'

/** What a notification is about. One member is told of one fact once. */
export interface Fact {
  /** Who is told. */
  user_id: UserId
  type: NotificationType
  actor_id: UserId
  post_id: PostId | null
  comment_id: CommentId | null
}
/** `stands`: the event says it has become true; else that it has ended. What is true now, only a look at the truth says. */
export interface Claim {
  fact: Fact
  stands: boolean
  /** Milliseconds since 1970. */
  at: number
}

export const claimTypes = [
  'user.followed',
  'user.unfollowed',
  'user.follow_requested',
  'user.follow_request_withdrawn',
  'user.follow_request_rejected',
  'user.follow_accepted',
  'post.liked',
  'post.unliked',
  'post.published',
  'post.edited',
  'comment.created',
  'comment.liked',
  'comment.unliked',
] as const
type ClaimType = (typeof claimTypes)[number]
type Claimed = { fact: Fact; stands: boolean }

const fact = (
  type: NotificationType,
  user_id: UserId,
  actor_id: UserId,
  post_id: PostId | null = null,
  comment_id: CommentId | null = null,
): Fact => ({ user_id, type, actor_id, post_id, comment_id })
const became = (...facts: Fact[]): Claimed[] => facts.map((fact) => ({ fact, stands: true }))
const ended = (...facts: Fact[]): Claimed[] => facts.map((fact) => ({ fact, stands: false }))

type Edge = Events['user.followed']
const requestOf = (e: Edge) => fact('follow_request', e.followee_id, e.follower_id)
const followOf = (e: Edge) => fact('follow', e.followee_id, e.follower_id)
const acceptanceOf = (e: Edge) => fact('follow_accepted', e.follower_id, e.followee_id)
const likeOf = (e: Events['post.liked']) => fact('like', e.author_id, e.user_id, e.post_id)
const commentLikeOf = (e: Events['comment.liked']) =>
  fact('comment_like', e.comment_user_id, e.user_id, e.post_id, e.comment_id)
const captionMentions = (e: Events['post.published']) =>
  e.mentioned_ids.map((id) => fact('mention', id, e.author_id, e.post_id))

const claimsBy: { [T in ClaimType]: (payload: Events[T]) => Claimed[] } = {
  // Whoever let them follow need not be told that they follow.
  'user.followed': (e) => (e.requested ? ended(requestOf(e)) : became(followOf(e))),
  'user.unfollowed': (e) => ended(followOf(e), acceptanceOf(e)),
  'user.follow_requested': (e) => became(requestOf(e)),
  'user.follow_request_withdrawn': (e) => ended(requestOf(e)),
  'user.follow_request_rejected': (e) => ended(requestOf(e)),
  'user.follow_accepted': (e) => [...became(acceptanceOf(e)), ...ended(requestOf(e))],
  'post.liked': (e) => became(likeOf(e)),
  'post.unliked': (e) => ended(likeOf(e)),
  'post.published': (e) => became(...captionMentions(e)),
  'post.edited': (e) => [
    ...became(...captionMentions(e)),
    ...ended(...captionMentions({ ...e, mentioned_ids: e.unmentioned_ids ?? [] })),
  ],
  'comment.created': (e) => became(...toldOfComment(e)),
  'comment.liked': (e) => became(commentLikeOf(e)),
  'comment.unliked': (e) => ended(commentLikeOf(e)),
}

/** Each is told once, of what concerns them most: an answer before a comment on their post before a mention. */
function toldOfComment(e: Events['comment.created']): Fact[] {
  const told = new Map<UserId, NotificationType>()
  for (const id of e.mentioned_ids) told.set(id, 'mention')
  told.set(e.author_id, 'comment')
  if (e.parent_user_id) told.set(e.parent_user_id, 'reply')
  return [...told].map(([id, type]) => fact(type, id, e.user_id, e.post_id, e.comment_id))
}

export const isClaim = (event: Event): event is Event<ClaimType> =>
  (claimTypes as readonly string[]).includes(event.type)

/** What an event says about notifications; nobody is told of what they did themselves. */
export function claimsOf(event: Event<ClaimType>): Claim[] {
  const claims = claimsBy[event.type] as (payload: Event<ClaimType>['payload']) => Claimed[]
  return claims(event.payload)
    .filter(({ fact }) => fact.user_id !== fact.actor_id)
    .map((claim) => ({ ...claim, at: event.at }))
}

/** The same for the same fact. */
export const factKey = (f: Fact): string =>
  `${f.user_id} ${f.type} ${f.actor_id} ${f.post_id} ${f.comment_id}`
