import {
  type ErrorCode,
  errors,
  type Media,
  type MediaId,
  type Post,
  type PostId,
  type UserId,
} from '@tintype/contract'

export interface PostRecord {
  post_id: PostId
  author_id: UserId
  status: Post['status']
  failure_code: string | null
  media: { media_id: MediaId; alt_text: string }[]
  caption: string
  facets: Post['facets']
  location: Post['location']
  comments_enabled: boolean
  created_at: string
  edited_at: string | null
}
/** A member beside a post; `json` is a UserSummary. */
export interface Author {
  user_id: UserId
  is_private: boolean
  media_epoch: number
  json: string
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
}

/**
 * What of a post is the same for every viewer, as the text of its reply with three gaps:
 * `head` author `still` counters, viewer `tail`.
 */
export interface Card {
  post_id: PostId
  author_id: UserId
  status: Post['status']
  /** Links to its pictures are made for this state of the author's account. */
  is_private: boolean
  media_epoch: number
  head: string
  still: string
  tail: string
}

export type Pictures = ReadonlyMap<MediaId, Omit<Media, 'alt_text'>>

export function cardOf(post: PostRecord, author: Author, pictures: Pictures): Card {
  const { post_id, author_id, status } = post
  const still = {
    status,
    failure: failureOf(post.failure_code),
    media: post.media.flatMap(({ media_id, alt_text }) => {
      const picture = pictures.get(media_id)
      return picture ? [{ ...picture, alt_text }] : []
    }),
    caption: post.caption,
    facets: post.facets,
    location: post.location,
    comments_enabled: post.comments_enabled,
  }
  const tail = { created_at: post.created_at, edited_at: post.edited_at }
  return {
    post_id,
    author_id,
    status,
    is_private: author.is_private,
    media_epoch: author.media_epoch,
    head: `{"post_id":"${post_id}","user":`,
    still: `,${JSON.stringify(still).slice(1, -1)},"likes_count":`,
    tail: `,${JSON.stringify(tail).slice(1)}`,
  }
}

/** False once the author's pictures go by other links. */
export const isCurrent = (card: Card, author: Author): boolean =>
  card.media_epoch === author.media_epoch && card.is_private === author.is_private

/** The JSON of a Post of the contract. */
export function write(
  card: Card,
  author: Author,
  counters: Counters | undefined,
  flags: ViewerFlags,
): string {
  return `${card.head}${author.json}${card.still}${counters?.likes_count ?? 0},"comments_count":${
    counters?.comments_count ?? 0
  },"viewer":${viewerText(flags)}${card.tail}`
}

const viewerTexts = Array.from({ length: 16 }, (_, bits) =>
  JSON.stringify({
    liked: !!(bits & 1),
    saved: !!(bits & 2),
    following: !!(bits & 4),
    is_author: !!(bits & 8),
  }),
)
const viewerText = ({ liked, saved, following, is_author }: ViewerFlags): string =>
  viewerTexts[(liked ? 1 : 0) | (saved ? 2 : 0) | (following ? 4 : 0) | (is_author ? 8 : 0)] as string

const failureOf = (code: string | null): Post['failure'] =>
  code === null ? null : { code, message: errors[(code in errors ? code : 'internal') as ErrorCode].message }
