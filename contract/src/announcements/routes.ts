import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery } from '../core/schema.ts'
import { Announcement, AnnouncementId, AnnouncementText } from './schemas.ts'

/** What the community’s owner tells all members. */
export const announcementRoutes = {
  make: route({
    method: 'POST',
    path: '/announcements',
    summary:
      'Tell all members something: in their notifications, on their devices and by mail, as they chose',
    access: 'owner',
    scope: 'never',
    stepUp: true,
    status: 201,
    idempotent: true,
    body: Exact({ text: AnnouncementText }),
    reply: Announcement,
  }),
  list: route({
    method: 'GET',
    path: '/announcements',
    summary: 'What all members were told, newest first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Announcement,
  }),
  delete: route({
    method: 'DELETE',
    path: '/announcements/{announcement_id}',
    summary: 'Take it back: gone from the list, and from whoever was told',
    access: 'owner',
    scope: 'never',
    stepUp: true,
    params: Exact({ announcement_id: AnnouncementId }),
    reply: Empty,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
