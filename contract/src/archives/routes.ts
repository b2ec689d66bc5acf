import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, Timestamp, Type } from '../core/schema.ts'
import { Export, ExportId, Import, ImportId, ImportItem, ImportTicket, importLimits } from './schemas.ts'

const one = { access: 'member', params: Exact({ export_id: ExportId }), errors: ['not_found'] } as const

export const exportRoutes = {
  list: route({
    method: 'GET',
    path: '/exports',
    summary: 'Archives of the viewer’s data that are made or being made, last asked for first',
    access: 'member',
    scope: 'never',
    reply: Exact({ exports: Type.Array(Export) }),
  }),
  create: route({
    method: 'POST',
    path: '/exports',
    summary:
      'Have an archive made of everything the viewer gave and got; they are told by notice and by mail',
    access: 'member',
    scope: 'never',
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
    scope: 'never',
    stepUp: true,
    reply: Exact({ url: Type.String(), expires_at: Timestamp }),
    errors: ['not_found', 'export_not_ready'],
  }),
  remove: route({
    ...one,
    method: 'DELETE',
    path: '/exports/{export_id}',
    summary: 'Give one up, or delete it',
    scope: 'never',
    reply: Empty,
  }),
} satisfies RouteGroup

const part = {
  access: 'member',
  params: Exact({ import_id: ImportId }),
  reply: Import,
  errors: ['not_found'],
} as const

export const importRoutes = {
  list: route({
    method: 'GET',
    path: '/imports',
    summary: 'Archives that the viewer brings along, last one first',
    access: 'member',
    scope: 'never',
    reply: Exact({ imports: Type.Array(Import) }),
  }),
  create: route({
    method: 'POST',
    path: '/imports',
    summary: 'Announce a ZIP of one’s posts elsewhere, and get addresses to send its parts to',
    access: 'member',
    scope: 'never',
    status: 201,
    rateLimit: 'import',
    body: Exact({ size: Type.Integer({ minimum: 1, maximum: importLimits.bytes }) }),
    reply: ImportTicket,
    errors: ['import_under_way'],
  }),
  check: route({
    ...part,
    method: 'POST',
    path: '/imports/{import_id}/check',
    summary: 'All parts are sent: see what is in it. Nothing is imported yet',
    scope: 'never',
    errors: ['not_found', 'upload_incomplete'],
  }),
  get: route({
    ...part,
    method: 'GET',
    path: '/imports/{import_id}',
    summary: 'How far it is',
    scope: 'never',
  }),
  items: route({
    method: 'GET',
    path: '/imports/{import_id}/items',
    summary: 'What is in it, item by item, oldest first; what is left out, and what became of the others',
    access: 'member',
    scope: 'never',
    params: Exact({ import_id: ImportId }),
    query: Exact({ ...PageQuery.properties, state: Type.Optional(ImportItem.properties.state) }),
    paged: true,
    reply: ImportItem,
    errors: ['not_found'],
  }),
  run: route({
    ...part,
    method: 'POST',
    path: '/imports/{import_id}/run',
    summary:
      'Import what was checked: to the viewer’s profile, at the times when it was made. Nobody is told',
    scope: 'never',
    errors: ['not_found', 'import_not_checked'],
  }),
  remove: route({
    ...part,
    method: 'DELETE',
    path: '/imports/{import_id}',
    summary: 'End it, and delete the archive here; what was imported stays',
    scope: 'never',
    reply: Empty,
  }),
} satisfies RouteGroup
