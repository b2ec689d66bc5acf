import { type RouteGroup, route } from '../core/route.ts'
import { Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { Post } from '../posts/schemas.ts'
import { Reposted, RepostSettings, RepostState } from './schemas.ts'

const one = {
  access: 'member',
  path: '/posts/{post_id}/repost',
  params: Exact({ post_id: PostId }),
} as const

const muting = {
  access: 'member',
  path: '/users/{username}/mute-reposts',
  params: Exact({ username: Username }),
  reply: Exact({ muted: Type.Boolean() }),
} as const

export const repostRoutes = {
  get: route({
    ...one,
    method: 'GET',
    summary: 'Whether the viewer has reposted a post, how many have, and whether they may',
    scope: 'read',
    reply: RepostState,
    errors: ['not_found'],
  }),
  repost: route({
    ...one,
    method: 'POST',
    summary: 'Pass a public post on to one’s followers; twice is once',
    scope: 'write',
    reply: Reposted,
    rateLimit: 'repost',
    errors: ['not_found', 'cannot_target_self', 'repost_refused'],
  }),
  undo: route({
    ...one,
    method: 'DELETE',
    summary: 'Take it back',
    scope: 'write',
    reply: Reposted,
    rateLimit: 'repost',
    errors: ['not_found'],
  }),
  ofMember: route({
    method: 'GET',
    path: '/users/{username}/reposts',
    summary: 'What a member has reposted, last reposted first',
    access: 'optional',
    scope: 'read',
    params: Exact({ username: Username }),
    query: PageQuery,
    paged: true,
    reply: Post,
    errors: ['not_found'],
  }),
  settings: route({
    method: 'GET',
    path: '/reposts/settings',
    summary: 'Whether others may repost one’s posts, and whose reposts one hides',
    access: 'member',
    scope: 'read',
    reply: RepostSettings,
  }),
  changeSettings: route({
    method: 'PUT',
    path: '/reposts/settings',
    summary: 'Let others repost one’s posts, or not; what they have reposted is hidden meanwhile',
    access: 'member',
    scope: 'write',
    body: Exact({ allowed: Type.Boolean() }),
    reply: RepostSettings,
  }),
  mute: route({
    ...muting,
    method: 'PUT',
    summary: 'Hide what a member reposts from one’s home feed; they are not told',
    scope: 'follow',
    errors: ['not_found', 'cannot_target_self', 'too_many_muted_reposts'],
  }),
  unmute: route({
    ...muting,
    method: 'DELETE',
    summary: 'Show it again',
    scope: 'follow',
    errors: ['not_found', 'cannot_target_self'],
  }),
} satisfies RouteGroup
