import type { Routes } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import type { Handlers, Viewer } from '../../gateway/binding.ts'
import type { Addresses, Keeper } from './addresses.ts'

const keeperOf = ({ user_id }: Viewer, { ip }: FastifyRequest): Keeper => ({ user_id, address: ip })

export const securityHandlers = ({ addresses }: { addresses: Addresses }): Handlers<Routes['security']> => ({
  addresses: ({ request }) => addresses.list(request.ip),
  addAddress: ({ viewer, request, body }) => addresses.add(keeperOf(viewer, request), body),
  removeAddress: async ({ viewer, request, params }) => {
    await addresses.remove(keeperOf(viewer, request), params.rule_id)
    return {}
  },
  settings: () => addresses.settings(),
  changeSettings: ({ viewer, request, body }) => addresses.changeSettings(keeperOf(viewer, request), body),
})
