import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, SearchablePageQuery, Username } from '../core/schema.ts'
import { Relationship, UserListEntry } from '../members/schemas.ts'
import { InteractionLimit, NewInteractionLimit, ViewingChanges, ViewingChoices } from './schemas.ts'

const params = Exact({ username: Username })

const edge = {
  access: 'member',
  params,
  reply: Relationship,
  errors: ['not_found', 'cannot_target_self'],
} as const

const list = {
  method: 'GET',
  access: 'optional',
  params,
  query: SearchablePageQuery,
  paged: true,
  reply: UserListEntry,
  errors: ['not_found'],
} as const

export const graphRoutes = {
  follow: route({
    ...edge,
    method: 'POST',
    path: '/users/{username}/follow',
    summary: 'Follow, or ask to where the account is private',
    scope: 'follow',
    rateLimit: 'follow',
  }),
  unfollow: route({
    ...edge,
    method: 'DELETE',
    path: '/users/{username}/follow',
    summary: 'Unfollow, or take the request back',
    scope: 'follow',
  }),
  removeFollower: route({
    ...edge,
    method: 'DELETE',
    path: '/users/{username}/follower',
    summary: 'Remove a follower, who is not told',
    scope: 'follow',
  }),
  block: route({
    ...edge,
    method: 'POST',
    path: '/users/{username}/block',
    summary: 'Block: neither sees the other; follows both ways end',
    scope: 'follow',
  }),
  unblock: route({
    ...edge,
    method: 'DELETE',
    path: '/users/{username}/block',
    summary: 'Unblock',
    scope: 'follow',
  }),
  mute: route({
    ...edge,
    method: 'POST',
    path: '/users/{username}/mute',
    summary: 'Mute: their posts leave the home feed; they are not told',
    scope: 'follow',
  }),
  snooze: route({
    ...edge,
    method: 'POST',
    path: '/users/{username}/snooze',
    summary: 'Mute for thirty days',
    scope: 'follow',
  }),
  unmute: route({
    ...edge,
    method: 'DELETE',
    path: '/users/{username}/mute',
    summary: 'Unmute',
    scope: 'follow',
  }),
  restrict: route({
    ...edge,
    method: 'POST',
    path: '/users/{username}/restrict',
    summary: 'Restrict: their comments wait for one’s word, their messages are requests; they are not told',
    scope: 'follow',
  }),
  unrestrict: route({
    ...edge,
    method: 'DELETE',
    path: '/users/{username}/restrict',
    summary: 'Lift the restriction',
    scope: 'follow',
  }),
  followers: route({
    ...list,
    path: '/users/{username}/followers',
    summary: 'Who follows them',
    scope: 'read',
  }),
  following: route({
    ...list,
    path: '/users/{username}/following',
    summary: 'Whom they follow',
    scope: 'read',
  }),
  mutual: route({
    ...list,
    access: 'member',
    scope: 'read',
    path: '/users/{username}/mutual',
    summary: 'Followers of theirs whom the viewer follows',
  }),
  blocked: route({
    method: 'GET',
    path: '/users/me/blocked',
    summary: 'Whom the viewer blocks',
    access: 'member',
    scope: 'follow',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  muted: route({
    method: 'GET',
    path: '/users/me/muted',
    summary: 'Whose posts the viewer has muted, for thirty days or for good',
    access: 'member',
    scope: 'follow',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  restricted: route({
    method: 'GET',
    path: '/users/me/restricted',
    summary: 'Whom the viewer restricts',
    access: 'member',
    scope: 'follow',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  requests: route({
    method: 'GET',
    path: '/follow-requests',
    summary: 'Who asks to follow the viewer',
    access: 'member',
    scope: 'follow',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  acceptRequest: route({
    method: 'POST',
    path: '/follow-requests/{username}/accept',
    summary: 'Let them follow',
    access: 'member',
    scope: 'follow',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
  rejectRequest: route({
    method: 'POST',
    path: '/follow-requests/{username}/reject',
    summary: 'Refuse; they are not told',
    access: 'member',
    scope: 'follow',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
} satisfies RouteGroup

const limit = {
  access: 'member',
  path: '/users/me/interaction-limit',
  reply: InteractionLimit,
} as const

export const interactionLimitRoutes = {
  get: route({
    ...limit,
    method: 'GET',
    summary: 'Whether the viewer holds back strangers or new followers for now',
    scope: 'follow',
  }),
  set: route({
    ...limit,
    method: 'PUT',
    summary: 'Hold back what strangers or new followers comment, write, mention and tag, for some days',
    scope: 'follow',
    body: NewInteractionLimit,
  }),
  lift: route({
    ...limit,
    method: 'DELETE',
    summary: 'End it; what was held waits on',
    scope: 'follow',
  }),
} satisfies RouteGroup

const viewing = { access: 'member', path: '/users/me/viewing', reply: ViewingChoices } as const

export const viewingRoutes = {
  get: route({
    ...viewing,
    method: 'GET',
    summary: 'What the viewer wants to come across: sensitive posts, and words that they do not want to read',
    scope: 'read',
  }),
  change: route({
    ...viewing,
    method: 'PUT',
    summary: 'Change it; what is left out stays',
    scope: 'write',
    body: ViewingChanges,
  }),
} satisfies RouteGroup
