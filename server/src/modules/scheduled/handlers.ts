import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Scheduled } from './scheduled.ts'

export const scheduledHandlers = (
  scheduled: Pick<Scheduled<unknown, unknown>, 'create' | 'list' | 'get' | 'edit' | 'publishNow' | 'delete'>,
): Handlers<Routes['scheduled']> => ({
  create: ({ viewer, body, reservedId }) => scheduled.create(viewer.user_id, body, reservedId),
  list: ({ viewer }) => scheduled.list(viewer.user_id),
  get: ({ viewer, params }) => scheduled.get(viewer.user_id, params.scheduled_id),
  edit: ({ viewer, params, body }) => scheduled.edit(viewer.user_id, params.scheduled_id, body),
  publish: async ({ viewer, params }) => ({
    post_id: await scheduled.publishNow(viewer.user_id, params.scheduled_id),
  }),
  delete: async ({ viewer, params }) => {
    await scheduled.delete(viewer.user_id, params.scheduled_id)
    return {}
  },
})
