import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Factors } from './factors.ts'
import type { Passkeys } from './passkeys.ts'

export const factorHandlers = (factors: Factors, passkeys: Passkeys): Handlers<Routes['factors']> => ({
  get: ({ viewer }) => factors.shown(viewer.user_id),
  beginTotp: ({ viewer }) => factors.beginTotp(viewer.user_id),
  confirmTotp: ({ viewer, body }) => factors.confirmTotp(viewer.user_id, body.code),
  removeTotp: async ({ viewer }) => {
    await factors.removeTotp(viewer.user_id)
    return {}
  },
  renewRecoveryCodes: ({ viewer }) => factors.renewRecoveryCodes(viewer.user_id),
  passkeyOptions: async () => passkeys.useOptions(),
  newPasskey: ({ viewer }) => passkeys.creationOptions(viewer.user_id),
  addPasskey: ({ viewer, body }) => passkeys.add(viewer.user_id, body.name, body.passkey),
  renamePasskey: ({ viewer, params, body }) => passkeys.rename(viewer.user_id, params.passkey_id, body.name),
  removePasskey: async ({ viewer, params }) => {
    await passkeys.remove(viewer.user_id, params.passkey_id)
    return {}
  },
})
