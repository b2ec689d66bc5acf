import type { CircleId, UserId } from '@tintype/contract'

/**
 * full: sees it. locked: sees that its author exists (the head of their profile), and not it. hidden: as if neither existed.
 * Of a member as such, `full` is all that their account is open for.
 */
export type Visibility = 'full' | 'locked' | 'hidden'

interface Ids<Id = UserId> {
  has(id: Id): boolean
}

/** Who looks, with those of their relations that decide what they see. */
export interface Viewer {
  /** Null: a visitor. */
  user_id: UserId | null
  following: Ids
  blocking: Ids
  blockedBy: Ids
  /** Others' circles that they are in; none unless stated. */
  circles?: Ids<CircleId>
  /** Who calls them a close friend; nobody unless stated. */
  closeFriendOf?: Ids
  /** Who hides stories from them; nobody unless stated. */
  storiesHiddenBy?: Ids
}

/** Whose it is. */
export interface Account {
  user_id: UserId
  is_private: boolean
  /** By moderators: what they do reaches only those who follow them. Nobody unless stated. */
  is_silenced?: boolean
}

/** Of what they made; a record may pass itself. */
export interface Content {
  /** `everyone` unless stated. */
  audience?: Audience
  /** Only for these circles of its author, whom they let in of that audience; for all of it where there are none. */
  circles?: readonly CircleId[]
  /** `published` unless stated. */
  status?: Status
  /** It stands under another's, such as a comment: an account that is private leaves it there, one that is silenced does not. */
  trace?: boolean
}

type Admits = (viewer: Viewer, authorId: UserId) => boolean

/** Whom an audience lets in, besides the author. To add one is to add its line. */
const audiences = {
  everyone: () => true,
  followers: (viewer, authorId) => viewer.following.has(authorId),
  /** A story for all who may see its author. */
  story: (viewer, authorId) => !viewer.storiesHiddenBy?.has(authorId),
  /** A story for some of them. */
  close_friends: (viewer, authorId) =>
    viewer.closeFriendOf?.has(authorId) === true && !viewer.storiesHiddenBy?.has(authorId),
  author: () => false,
} satisfies Record<string, Admits>
export type Audience = keyof typeof audiences

/** Whom a status leaves of that audience. To add one is to add its line. */
const statuses = {
  published: 'everyone',
  processing: 'author',
  failed: 'author',
  archived: 'author',
  /** By moderators. */
  removed: 'author',
} as const satisfies Record<string, Audience>
export type Status = keyof typeof statuses

const nobody: Ids = { has: () => false }
/** Somebody with no relations to anybody: a visitor, or who looks at nothing but their own. */
export const strangerOf = (user_id: UserId | null): Viewer => ({
  user_id,
  following: nobody,
  blocking: nobody,
  blockedBy: nobody,
})
export const VISITOR: Viewer = strangerOf(null)

function isIn(audience: Audience, viewer: Viewer, authorId: UserId): boolean {
  const admits: Admits = audiences[audience]
  return admits(viewer, authorId)
}

const ALL: readonly CircleId[] = []
const isInOne = ({ circles: mine }: Viewer, circles: readonly CircleId[]): boolean =>
  circles.length === 0 || circles.some((id) => mine?.has(id) === true)

const ACCOUNT: Content = {}

/**
 * The one rule of who sees what: an account is open to its audience, and what is in it to those of them whom its own audience and
 * its status let in. Pure and cheap: asked for each thing each time, never kept. An absent author was deleted or never was.
 */
export function visibility(
  viewer: Viewer,
  author: Account | undefined,
  { audience = 'everyone', circles = ALL, status = 'published', trace = false }: Content = ACCOUNT,
): Visibility {
  if (!author) return 'hidden'
  const { user_id, is_private, is_silenced = false } = author
  if (viewer.user_id === user_id) return 'full'
  if (viewer.blocking.has(user_id) || viewer.blockedBy.has(user_id)) return 'hidden'
  const isShut = is_silenced && !viewer.following.has(user_id)
  if (trace) return isShut || !isIn(statuses[status], viewer, user_id) ? 'hidden' : 'full'
  const isAdmitted =
    !isShut &&
    isIn(is_private ? 'followers' : 'everyone', viewer, user_id) &&
    isIn(audience, viewer, user_id) &&
    isInOne(viewer, circles) &&
    isIn(statuses[status], viewer, user_id)
  return isAdmitted ? 'full' : 'locked'
}

/** The same of a profile that is asked for by name: whom one blocks one finds, locked, so that one can take it back. */
export function profileVisibility(viewer: Viewer, member: Account | undefined): Visibility {
  const seen = visibility(viewer, member)
  if (seen !== 'hidden' || !member) return seen
  return viewer.blocking.has(member.user_id) && !viewer.blockedBy.has(member.user_id) ? 'locked' : 'hidden'
}

/** Whether a member comes up for a viewer who did not ask for them: is found, suggested, told of. */
export const comesUp = (viewer: Viewer, member: Account | undefined): boolean =>
  visibility(viewer, member, TRACE) !== 'hidden'
const TRACE: Content = { trace: true }

/** What one viewer sees of some members and of what they made; all else is hidden. */
export type Judge = (authorId: UserId, content?: Content) => Visibility

/** Whoever knows members' relations and accounts; one batched read for many authors. */
export interface Judges {
  judge(viewerId: UserId | null, authorIds: readonly UserId[]): Promise<Judge>
}

export const judgeOf =
  (viewer: Viewer, authors: ReadonlyMap<UserId, Account>): Judge =>
  (authorId, content) =>
    visibility(viewer, authors.get(authorId), content)

/**
 * Whether a member's trace (a comment, a mention) is shown to nobody or not to this reader: it has to be theirs to see, and
 * theirs under whose post or in whose text it stands.
 */
export const isHiddenFromAny = (memberId: UserId, judges: readonly (Judge | undefined)[]): boolean =>
  judges.some((see) => see?.(memberId) === 'hidden')
