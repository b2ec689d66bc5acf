import {
  type CircleId,
  type Commenters,
  type ErrorCode,
  errors,
  type MediaId,
  mentionsOf,
  type Post,
  type PostId,
  type ReelTraits,
  type UntitledMedia,
  type UserId,
} from '@tintype/contract'
import type { CommentTerms } from '../access/commenting.ts'
import { bytesOf, type Pieces, textOf } from '../kit/pieces.ts'
import type { AuthoredText, LinkedText } from '../text/texts.ts'

export interface PostRecord {
  post_id: PostId
  author_id: UserId
  status: Post['status']
  failure_code: string | null
  media: { media_id: MediaId; alt_text: string }[]
  caption: string
  facets: Post['facets']
  location: Post['location']
  reel: ReelTraits | null
  comments_from: Commenters
  likes_hidden: boolean
  downloads_allowed: boolean
  sensitive: boolean
  sensitive_by_author: boolean
  pinned: boolean
  people: { state: 'shown' | 'pending' | 'removed' }[]
  collaborators: { user_id: UserId; state: 'invited' | 'accepted' | 'declined' }[]
  circles: CircleId[]
  created_at: string
  edited_at: string | null
}
/** A member beside a post; `json` is a UserSummary, in UTF-8. */
export interface Author {
  user_id: UserId
  is_private: boolean
  is_silenced?: true
  media_epoch: number
  json: Uint8Array
}
export interface Counters {
  likes_count: number
  comments_count: number
}
export interface ViewerFlags {
  liked?: boolean
  saved?: boolean
  following?: boolean
  is_author?: boolean
  /** Where comments are not for everybody, and not off. */
  may_comment?: boolean
  /** To be an author of it too. */
  invited?: boolean
  /** Wants to see what is sensitive without a cover. */
  uncovered?: boolean
}

/** What of a post is the same for every viewer, as the beginning of its reply, after which its author stands, its counters, and what the viewer did. */
export interface Card {
  post_id: PostId
  author_id: UserId
  status: Post['status']
  /** Links to its pictures are made for this state of the author's account. */
  is_private: boolean
  media_epoch: number
  /** The caption, where it mentions somebody: who is linked, and by which name, depends on the reader. */
  text?: AuthoredText
  /** Where comments are not for everybody, and not off. */
  commenting?: CommentTerms
  likes_hidden?: true
  /** For whom alone it is. */
  circles?: readonly CircleId[]
  /** Its author or moderators say so. */
  sensitive?: true
  /** Who is an author of it beside the one who made it, and who is asked. */
  together?: { accepted: UserId[]; invited: UserId[] }
  /** From the opening brace to `"user":`, in UTF-8; without the caption where that stands in `text`. */
  json: Uint8Array
}

export type Pictures = ReadonlyMap<MediaId, UntitledMedia>

export function cardOf(post: PostRecord, author: Author, pictures: Pictures): Card {
  const { post_id, author_id, status, comments_from } = post
  const mentioned_ids = mentionsOf(post.facets)
  const isRead = mentioned_ids.length > 0
  const isLimited = comments_from !== 'everyone' && comments_from !== 'off'
  const commenting = isLimited ? { author_id, comments_from, mentioned_ids } : undefined
  const text = isRead ? { writer_id: author_id, text: post.caption, facets: post.facets } : undefined
  const isSensitive = post.sensitive || post.sensitive_by_author
  const still = {
    post_id,
    status,
    failure: failureOf(post.failure_code),
    media: post.media.flatMap(({ media_id, alt_text }) => {
      const picture = pictures.get(media_id)
      return picture ? [{ ...picture, alt_text }] : []
    }),
    ...(text ? {} : { caption: post.caption, facets: post.facets }),
    location: post.location,
    comments_enabled: comments_from !== 'off',
    ...(commenting && { comments_from }),
    ...(post.likes_hidden && { likes_hidden: true }),
    ...(post.downloads_allowed && { downloads_allowed: true }),
    ...(post.reel && { reel: post.reel }),
    ...(post.circles.length > 0 && { for_circles: true }),
    ...(isSensitive && { sensitive: true }),
    ...(post.pinned && { pinned: true }),
    ...(post.people.some(({ state }) => state === 'shown') && { tagged: true }),
    created_at: post.created_at,
    edited_at: post.edited_at,
  }
  return {
    post_id,
    author_id,
    status,
    is_private: author.is_private,
    media_epoch: author.media_epoch,
    ...(text && { text }),
    ...(commenting && { commenting }),
    ...(post.likes_hidden && { likes_hidden: true }),
    ...(post.circles.length > 0 && { circles: post.circles }),
    ...(isSensitive && { sensitive: true }),
    ...(post.collaborators.length > 0 && { together: togetherOf(post.collaborators) }),
    json: bytesOf(`${JSON.stringify(still).slice(0, -1)},"user":`),
  }
}

const togetherOf = (all: PostRecord['collaborators']): Card['together'] => {
  const those = (wanted: string) => all.flatMap(({ user_id, state }) => (state === wanted ? [user_id] : []))
  return { accepted: those('accepted'), invited: those('invited') }
}

/** False once the author's pictures go by other links. */
export const isCurrent = (card: Card, author: Author): boolean =>
  card.media_epoch === author.media_epoch && card.is_private === author.is_private

/** The JSON of a Post of the contract; `text`: its caption as the viewer reads it, where it mentions somebody. */
export function write(
  card: Card,
  author: Author,
  counters: Counters | undefined,
  flags: ViewerFlags,
  text: LinkedText | undefined = card.text,
  others: readonly Author[] = [],
): Pieces {
  const { likes_count: liking = 0, comments_count = 0 } = counters ?? {}
  // Of what only the author is to know, everybody else finds their own like.
  const likes_count = card.likes_hidden && !flags.is_author ? Number(flags.liked ?? false) : liking
  const caption = text
    ? `,"caption":${JSON.stringify(text.text)},"facets":${JSON.stringify(text.facets)}`
    : ''
  const ofAuthor = card.circles && flags.is_author ? `,"circles":${JSON.stringify(card.circles)}` : ''
  return [
    card.json,
    author.json,
    ...besides(others),
    `${caption}${ofAuthor},"likes_count":${likes_count},"comments_count":${comments_count},"viewer":${viewerText(flags)}}`,
  ]
}

/** Who has made it beside its author, as far as the viewer sees them. */
const besides = (others: readonly Author[]): Pieces =>
  others.length === 0
    ? []
    : [',"collaborators":[', ...others.flatMap(({ json }, at) => (at === 0 ? [json] : [',', json])), ']']

/** As its author wrote it. */
export const captionOf = ({ text, json }: Card): string =>
  text ? text.text : (JSON.parse(`${textOf([json])}null}`) as { caption: string }).caption

/** What of a post is the same for everybody, as an object. */
export function readCard(parts: {
  card: Card
  author: Author
  text: LinkedText | undefined
}): Omit<Post, 'viewer'> {
  const { card, author, text } = parts
  return JSON.parse(textOf(write(card, author, undefined, {}, text)))
}

const viewerTexts = Array.from({ length: 16 }, (_, bits) =>
  JSON.stringify({
    liked: !!(bits & 1),
    saved: !!(bits & 2),
    following: !!(bits & 4),
    is_author: !!(bits & 8),
  }),
)
function viewerText({
  liked,
  saved,
  following,
  is_author,
  may_comment,
  invited,
  uncovered,
}: ViewerFlags): string {
  const text = viewerTexts[
    (liked ? 1 : 0) | (saved ? 2 : 0) | (following ? 4 : 0) | (is_author ? 8 : 0)
  ] as string
  const rest = `${may_comment === false ? ',"may_comment":false' : ''}${invited ? ',"invited":true' : ''}${uncovered ? ',"uncovered":true' : ''}`
  return rest ? `${text.slice(0, -1)}${rest}}` : text
}

const failureOf = (code: string | null): Post['failure'] =>
  code === null ? null : { code, message: errors[(code in errors ? code : 'internal') as ErrorCode].message }
