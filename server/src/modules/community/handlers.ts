import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Community } from './community.ts'

export const communityHandlers = (community: Community): Handlers<Routes['community']> => ({
  get: () => community.instance(),
  update: ({ body }) => community.update(body),
  invite: ({ viewer }) => community.invite(viewer.user_id),
})
