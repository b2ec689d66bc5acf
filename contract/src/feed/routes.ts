import { type RouteGroup, route } from '../core/route.ts'
import { Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { ExplorePost } from '../explore/schemas.ts'
import { limits } from '../limits.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Post } from '../posts/schemas.ts'
import { FeedWeights, HomePost, RankReason } from './schemas.ts'

const tag = Exact({ tag: Type.String({ minLength: 1, maxLength: limits.hashtag }) })

const favourite = {
  access: 'member',
  path: '/users/{username}/favourite',
  params: Exact({ username: Username }),
  reply: Exact({ favourite: Type.Boolean() }),
} as const

const followedTag = {
  access: 'member',
  path: '/hashtags/{tag}/follow',
  params: tag,
  reply: Exact({ following: Type.Boolean() }),
} as const

const postList = { method: 'GET', paged: true, reply: Post } as const

export const feedRoutes = {
  home: route({
    ...postList,
    path: '/feed/home',
    summary:
      'Posts of the members and with the hashtags one follows, and one’s own; or those of favourites alone',
    reply: HomePost,
    access: 'member',
    scope: 'read',
    query: Exact({
      ...PageQuery.properties,
      sort: Type.Optional(
        Type.Union([Type.Literal('ranked'), Type.Literal('chronological'), Type.Literal('favourites')], {
          default: 'ranked',
        }),
      ),
    }),
  }),
  explore: route({
    ...postList,
    path: '/feed/explore',
    summary:
      'Public posts that the viewer may like, of members they do not follow, each with why; seen ones come last',
    reply: ExplorePost,
    access: 'optional',
    scope: 'read',
    query: PageQuery,
  }),
  user: route({
    ...postList,
    path: '/feed/user/{username}',
    summary: 'A member’s posts, newest first',
    access: 'optional',
    scope: 'read',
    params: Exact({ username: Username }),
    query: PageQuery,
    errors: ['not_found'],
  }),
  hashtag: route({
    ...postList,
    path: '/feed/hashtag/{tag}',
    summary: 'Posts with a hashtag, newest first',
    access: 'optional',
    scope: 'read',
    params: tag,
    query: PageQuery,
  }),
  why: route({
    method: 'GET',
    path: '/feed/home/why/{post_id}',
    summary: 'What a post’s place in the ranked home feed comes of',
    access: 'member',
    scope: 'read',
    params: Exact({ post_id: PostId }),
    reply: RankReason,
    errors: ['not_found'],
  }),
  weights: route({
    method: 'GET',
    path: '/feed/weights',
    summary: 'How much each part of the ranking counts for the viewer',
    access: 'member',
    scope: 'read',
    reply: FeedWeights,
  }),
  changeWeights: route({
    method: 'PUT',
    path: '/feed/weights',
    summary: 'Change it, within bounds',
    access: 'member',
    scope: 'write',
    body: FeedWeights,
    reply: FeedWeights,
  }),
  favourites: route({
    method: 'GET',
    path: '/users/me/favourites',
    summary: 'Members whose posts the viewer has in a feed of their own, last added first',
    access: 'member',
    scope: 'follow',
    reply: Type.Array(UserListEntry),
  }),
  addFavourite: route({
    ...favourite,
    method: 'PUT',
    summary: 'Add a member to one’s favourites; they are not told',
    scope: 'follow',
    errors: ['not_found', 'cannot_target_self', 'too_many_favourites'],
  }),
  removeFavourite: route({
    ...favourite,
    method: 'DELETE',
    summary: 'Take a member out of them',
    scope: 'follow',
    errors: ['not_found', 'cannot_target_self'],
  }),
  followedTags: route({
    method: 'GET',
    path: '/users/me/hashtags',
    summary: 'Hashtags that the viewer follows',
    access: 'member',
    scope: 'follow',
    reply: Type.Array(Exact({ tag: Type.String() })),
  }),
  followTag: route({
    ...followedTag,
    method: 'PUT',
    summary: 'Follow a hashtag: its public posts enter the home feed',
    scope: 'follow',
    errors: ['not_found', 'too_many_hashtags'],
  }),
  unfollowTag: route({
    ...followedTag,
    method: 'DELETE',
    summary: 'Unfollow it',
    errors: ['not_found'],
    scope: 'follow',
  }),
  saved: route({
    ...postList,
    path: '/feed/saved',
    summary: 'What the viewer saved, last saved first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
  }),
} satisfies RouteGroup
