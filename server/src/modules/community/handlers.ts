import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Announcements } from './announcements.ts'
import type { Community } from './community.ts'

export const communityHandlers = (community: Community): Handlers<Routes['community']> => ({
  get: () => community.instance(),
  update: ({ body }) => community.update(body),
  invite: ({ viewer }) => community.invite(viewer.user_id),
})

export const announcementHandlers = (announcements: Announcements): Handlers<Routes['announcements']> => ({
  make: ({ viewer, body, reservedId }) => announcements.make(viewer.user_id, body.text, reservedId),
  list: ({ query }) => announcements.page(query),
  delete: async ({ params }) => {
    await announcements.delete(params.announcement_id)
    return {}
  },
})
