import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, Timestamp, Type } from '../core/schema.ts'
import { Export, ExportId } from './schemas.ts'

const one = { access: 'member', params: Exact({ export_id: ExportId }), errors: ['not_found'] } as const

export const exportRoutes = {
  list: route({
    method: 'GET',
    path: '/exports',
    summary: 'Archives of the viewer’s data that are made or being made, last asked for first',
    access: 'member',
    reply: Exact({ exports: Type.Array(Export) }),
  }),
  create: route({
    method: 'POST',
    path: '/exports',
    summary:
      'Have an archive made of everything the viewer gave and got; they are told by notice and by mail',
    access: 'member',
    status: 201,
    stepUp: true,
    idempotent: true,
    rateLimit: 'export',
    reply: Export,
    errors: ['export_under_way'],
  }),
  link: route({
    ...one,
    method: 'POST',
    path: '/exports/{export_id}/link',
    summary: 'A link to download it by, in ranges where wanted; good for six hours, for whoever has it',
    stepUp: true,
    reply: Exact({ url: Type.String(), expires_at: Timestamp }),
    errors: ['not_found', 'export_not_ready'],
  }),
  remove: route({
    ...one,
    method: 'DELETE',
    path: '/exports/{export_id}',
    summary: 'Give one up, or delete it',
    reply: Empty,
  }),
} satisfies RouteGroup
