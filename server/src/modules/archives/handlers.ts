import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Exports } from './exports.ts'

export const exportHandlers = (exports: Exports): Handlers<Routes['exports']> => ({
  list: async ({ viewer }) => ({ exports: await exports.list(viewer.user_id) }),
  create: ({ viewer, reservedId }) => exports.request(viewer.user_id, reservedId),
  link: ({ viewer, params }) => exports.link(viewer.user_id, params.export_id),
  remove: async ({ viewer, params }) => {
    await exports.remove(viewer.user_id, params.export_id)
    return {}
  },
})
