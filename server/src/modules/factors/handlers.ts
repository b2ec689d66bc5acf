import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Factors } from './factors.ts'

export const factorHandlers = (factors: Factors): Handlers<Routes['factors']> => ({
  get: ({ viewer }) => factors.shown(viewer.user_id),
  beginTotp: ({ viewer }) => factors.beginTotp(viewer.user_id),
  confirmTotp: ({ viewer, body }) => factors.confirmTotp(viewer.user_id, body.code),
  removeTotp: async ({ viewer }) => {
    await factors.removeTotp(viewer.user_id)
    return {}
  },
  renewRecoveryCodes: ({ viewer }) => factors.renewRecoveryCodes(viewer.user_id),
})
