import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, Type, Username } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Circle, CircleId, CircleName, circleLimits } from './schemas.ts'

const params = Exact({ circle_id: CircleId })
const own = { access: 'member', path: '/circles/{circle_id}', params, errors: ['not_found'] } as const
const member = {
  access: 'member',
  scope: 'write',
  path: '/circles/{circle_id}/members/{username}',
  params: Exact({ ...params.properties, username: Username }),
} as const

export const circleRoutes = {
  list: route({
    method: 'GET',
    path: '/circles',
    summary: 'One’s circles, by name; nobody else learns of them',
    access: 'member',
    scope: 'read',
    reply: Type.Array(Circle, { maxItems: circleLimits.perMember }),
  }),
  create: route({
    method: 'POST',
    path: '/circles',
    summary: 'Make a circle',
    access: 'member',
    scope: 'write',
    status: 201,
    idempotent: true,
    body: Exact({ name: CircleName }),
    reply: Circle,
    errors: ['too_many_circles'],
  }),
  rename: route({
    ...own,
    method: 'PUT',
    summary: 'Rename a circle',
    scope: 'write',
    body: Exact({ name: CircleName }),
    reply: Circle,
  }),
  delete: route({
    ...own,
    method: 'DELETE',
    summary: 'Delete a circle; what was for no other is then its author’s alone',
    scope: 'write',
    reply: Empty,
  }),
  members: route({
    ...own,
    method: 'GET',
    path: '/circles/{circle_id}/members',
    summary: 'Who is in it, last put in first',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  addMember: route({
    ...member,
    method: 'PUT',
    summary: 'Put a member in, who is not told; what was shared with the circle before they see too',
    reply: UserListEntry,
    rateLimit: 'follow',
    errors: ['not_found', 'cannot_target_self', 'circle_full'],
  }),
  removeMember: route({
    ...member,
    method: 'DELETE',
    summary: 'Take a member out, who at once sees nothing of what is for the circle alone',
    reply: Empty,
    errors: ['not_found', 'cannot_target_self'],
  }),
} satisfies RouteGroup
