import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Imports } from './imports.ts'

export const importHandlers = (imports: Imports): Handlers<Routes['imports']> => ({
  list: async ({ viewer }) => ({ imports: await imports.list(viewer.user_id) }),
  create: ({ viewer, body }) => imports.create(viewer.user_id, body.size),
  check: ({ viewer, params }) => imports.check(viewer.user_id, params.import_id),
  get: ({ viewer, params }) => imports.get(viewer.user_id, params.import_id),
  items: ({ viewer, params, query }) => imports.items(viewer.user_id, params.import_id, query),
  run: ({ viewer, params }) => imports.run(viewer.user_id, params.import_id),
  remove: async ({ viewer, params }) => {
    await imports.remove(viewer.user_id, params.import_id)
    return {}
  },
})
