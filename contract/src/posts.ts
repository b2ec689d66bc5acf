import { FilterId } from './filters.ts'
import { limits } from './limits.ts'
import { Media, PhotoEdit, usedUploadErrors } from './media.ts'
import { route } from './route.ts'
import {
  Empty,
  Exact,
  Nullable,
  PageQuery,
  PostId,
  type Static,
  Timestamp,
  Type,
  UploadId,
  Username,
  Written,
} from './schema.ts'
import { Facet } from './text.ts'
import { UserSummary } from './users.ts'

export const Place = Exact({
  name: Written('line', { min: 1, max: limits.placeName }),
  /** WGS 84 degrees. */
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
})
export type Place = Static<typeof Place>

/** `processing` and `failed` posts are seen by their author alone. */
export const PostStatus = Type.Union([
  Type.Literal('processing'),
  Type.Literal('published'),
  Type.Literal('failed'),
])

export const Post = Exact({
  post_id: PostId,
  user: UserSummary,
  status: PostStatus,
  /** An error code of this contract, set where `status` is `failed`. */
  failure: Nullable(Exact({ code: Type.String(), message: Type.String() })),
  media: Type.Array(Media),
  caption: Type.String(),
  facets: Type.Array(Facet),
  location: Nullable(Place),
  comments_enabled: Type.Boolean(),
  likes_count: Type.Integer({
    description:
      'One number for everybody: likes of members whom the viewer does not see are in it, the list leaves them out',
  }),
  comments_count: Type.Integer({
    description:
      'One number for everybody: comments and replies that the list leaves out for the viewer are in it',
  }),
  /** All false for visitors. */
  viewer: Exact({
    liked: Type.Boolean(),
    saved: Type.Boolean(),
    following: Type.Boolean(),
    is_author: Type.Boolean(),
  }),
  created_at: Timestamp,
  edited_at: Nullable(Timestamp),
})
export type Post = Static<typeof Post>

const Caption = Written('lines', { max: limits.caption })
const AltText = Written('lines', { max: limits.altText })
const params = Exact({ post_id: PostId })
const postList = { method: 'GET', tag: 'feed', paged: true, reply: Post } as const
const newPostErrors = [...usedUploadErrors, 'too_many_tags', 'quota_exceeded'] as const

export const postRoutes = {
  confirmPost: route({
    method: 'POST',
    path: '/posts/confirm',
    tag: 'posts',
    summary: 'Make a post of finished uploads',
    access: 'member',
    status: 201,
    rateLimit: 'post',
    idempotent: true,
    body: Exact({
      upload_ids: Type.Array(UploadId, { minItems: 1, maxItems: limits.carousel, uniqueItems: true }),
      caption: Type.Optional(Caption),
      location: Type.Optional(Nullable(Place)),
      comments_enabled: Type.Optional(Type.Boolean()),
      /** By position, as `upload_ids`; may be shorter. */
      alt_texts: Type.Optional(Type.Array(AltText, { maxItems: limits.carousel })),
      edits: Type.Optional(Type.Array(PhotoEdit, { maxItems: limits.carousel })),
      /** One filter for all pictures that `edits` gives none. */
      filter: Type.Optional(FilterId),
    }),
    reply: Post,
    errors: newPostErrors,
  }),
  createPost: route({
    method: 'POST',
    path: '/posts',
    tag: 'posts',
    summary:
      'Post in one multipart/form-data call: files `file` (1…10), fields `caption`, `alt_text` (one per file), `filter`, `location`',
    access: 'member',
    status: 201,
    rateLimit: 'post',
    idempotent: true,
    multipart: true,
    reply: Post,
    errors: newPostErrors,
  }),
  getPost: route({
    method: 'GET',
    path: '/posts/{post_id}',
    tag: 'posts',
    summary: 'A post',
    access: 'optional',
    params,
    reply: Post,
    errors: ['not_found'],
  }),
  editPost: route({
    method: 'PUT',
    path: '/posts/{post_id}',
    tag: 'posts',
    summary: 'Change caption, place, alt texts or whether comments are on',
    access: 'member',
    params,
    body: Exact({
      caption: Type.Optional(Caption),
      location: Type.Optional(Nullable(Place)),
      comments_enabled: Type.Optional(Type.Boolean()),
      alt_texts: Type.Optional(Type.Array(AltText, { maxItems: limits.carousel })),
    }),
    reply: Post,
    errors: ['not_found', 'too_many_tags'],
  }),
  deletePost: route({
    method: 'DELETE',
    path: '/posts/{post_id}',
    tag: 'posts',
    summary: 'Delete a post: gone from every feed and from the file store',
    access: 'member',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),

  findHashtags: route({
    method: 'GET',
    path: '/search/hashtags',
    tag: 'search',
    summary: 'Hashtags by their beginning, of posts that the viewer may see',
    access: 'member',
    query: Exact({ q: Type.Optional(Type.String({ maxLength: limits.hashtag + 1 })) }),
    reply: Type.Array(Exact({ tag: Type.String() })),
  }),

  homeFeed: route({
    ...postList,
    path: '/feed/home',
    summary: 'Posts of the members one follows, and one’s own',
    access: 'member',
    query: Exact({
      ...PageQuery.properties,
      sort: Type.Optional(
        Type.Union([Type.Literal('ranked'), Type.Literal('chronological')], { default: 'ranked' }),
      ),
    }),
  }),
  exploreFeed: route({
    ...postList,
    path: '/feed/explore',
    summary: 'Recent public posts that are liked, from members one does not follow yet',
    access: 'optional',
    query: PageQuery,
  }),
  userFeed: route({
    ...postList,
    path: '/feed/user/{username}',
    summary: 'A member’s posts, newest first',
    access: 'optional',
    params: Exact({ username: Username }),
    query: PageQuery,
    errors: ['not_found'],
  }),
  hashtagFeed: route({
    ...postList,
    path: '/feed/hashtag/{tag}',
    summary: 'Posts with a hashtag, newest first',
    access: 'optional',
    params: Exact({ tag: Type.String({ minLength: 1, maxLength: limits.hashtag }) }),
    query: PageQuery,
  }),
  savedFeed: route({
    ...postList,
    path: '/feed/saved',
    summary: 'What the viewer saved, last saved first',
    access: 'member',
    query: PageQuery,
  }),
}
