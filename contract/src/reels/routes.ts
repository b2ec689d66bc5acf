import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { Reel, reelLimits, Sound, Watch } from './schemas.ts'

const reelList = {
  method: 'GET',
  access: 'optional',
  query: PageQuery,
  paged: true,
  reply: Reel,
} as const

const sound = Exact({ sound_id: PostId })

export const reelRoutes = {
  feed: route({
    ...reelList,
    path: '/feed/reels',
    summary: 'Reels that the viewer may like, of anyone they may see; seen ones come last',
    scope: 'read',
  }),
  ofMember: route({
    ...reelList,
    path: '/users/{username}/reels',
    summary: 'A member’s reels, newest first',
    scope: 'read',
    params: Exact({ username: Username }),
    errors: ['not_found'],
  }),
  sound: route({
    method: 'GET',
    path: '/sounds/{sound_id}',
    summary: 'A sound that can be used',
    access: 'optional',
    scope: 'read',
    params: sound,
    reply: Sound,
    errors: ['not_found'],
  }),
  withSound: route({
    ...reelList,
    path: '/sounds/{sound_id}/reels',
    summary: 'Reels with a sound, newest first',
    scope: 'read',
    params: sound,
    errors: ['not_found'],
  }),
  watched: route({
    method: 'POST',
    path: '/reels/watches',
    summary: 'How one watched reels; counted once for each, however often it is told',
    access: 'member',
    scope: 'write',
    body: Exact({ watches: Type.Array(Watch, { minItems: 1, maxItems: reelLimits.watches }) }),
    reply: Empty,
  }),
} satisfies RouteGroup
