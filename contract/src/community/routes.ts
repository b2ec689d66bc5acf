import { type RouteGroup, route } from '../core/route.ts'
import { Exact, Timestamp, Type, Written } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Instance, RegistrationPolicy } from './schemas.ts'

export const communityRoutes = {
  get: route({
    method: 'GET',
    path: '/instance',
    summary: 'This community: its name and who may join',
    access: 'none',
    scope: 'open',
    reply: Instance,
  }),
  update: route({
    method: 'PUT',
    path: '/instance',
    summary: 'Name the community, say who may join',
    access: 'owner',
    scope: 'never',
    stepUp: true,
    body: Exact({
      name: Type.Optional(Written('line', { min: 1, max: limits.communityName })),
      description: Type.Optional(Written('lines', { max: limits.communityDescription })),
      registration: Type.Optional(RegistrationPolicy),
      deletion_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
    }),
    reply: Instance,
  }),
  invite: route({
    method: 'POST',
    path: '/instance/invitations',
    summary: 'Make an invitation code, good for one registration within 14 days',
    access: 'owner',
    scope: 'never',
    stepUp: true,
    status: 201,
    reply: Exact({ code: Type.String(), expires_at: Timestamp }),
  }),
} satisfies RouteGroup
