import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { PrivateLinks } from './links.ts'

export const linkHandlers = (
  links: Pick<PrivateLinks, 'create' | 'list' | 'revoke'>,
): Handlers<Routes['links']> => ({
  create: ({ viewer, params, body }) => links.create(viewer.user_id, params.post_id, body),
  list: ({ viewer }) => links.list(viewer.user_id),
  revoke: async ({ viewer, params }) => {
    await links.revoke(viewer.user_id, params.link_id)
    return {}
  },
})
