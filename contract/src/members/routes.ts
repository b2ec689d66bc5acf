import { type RouteGroup, route } from '../core/route.ts'
import { Exact, Type } from '../core/schema.ts'
import { SuggestedPerson } from '../explore/schemas.ts'
import { profileErrors } from './errors.ts'
import { ByUsername, Me, Profile, ProfileChanges } from './schemas.ts'

export const memberRoutes = {
  me: route({
    method: 'GET',
    path: '/users/me',
    summary: 'The member who asks',
    access: 'member',
    scope: 'read',
    reply: Me,
  }),
  update: route({
    method: 'PUT',
    path: '/users/me',
    summary: 'Change profile, username, privacy or avatar; fields left out stay',
    access: 'member',
    scope: 'write',
    body: ProfileChanges,
    reply: Me,
    errors: profileErrors,
  }),
  /** As `updateMe`, by name; whatever the name, nobody changes another member. */
  updateByName: route({
    method: 'PUT',
    path: '/users/{username}',
    summary: 'Change the profile of that name, which must be the own one',
    access: 'member',
    scope: 'write',
    params: ByUsername,
    body: ProfileChanges,
    reply: Me,
    errors: ['forbidden', ...profileErrors],
  }),
  profile: route({
    method: 'GET',
    path: '/users/{username}',
    summary: 'A profile',
    access: 'optional',
    scope: 'read',
    params: ByUsername,
    reply: Profile,
    errors: ['not_found'],
  }),
  suggested: route({
    method: 'GET',
    path: '/users/suggested',
    summary: 'Members the viewer may want to follow, each with why',
    access: 'member',
    scope: 'read',
    query: Exact({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 10 })) }),
    reply: Type.Array(SuggestedPerson),
  }),
} satisfies RouteGroup
