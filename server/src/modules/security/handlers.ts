import type { Routes } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import type { Handlers, Viewer } from '../../gateway/binding.ts'
import type { Addresses, Keeper } from './addresses.ts'
import type { Reading } from './reading.ts'

const keeperOf = ({ user_id }: Viewer, { ip }: FastifyRequest): Keeper => ({ user_id, address: ip })

interface Parts {
  addresses: Addresses
  reading: Reading
}

export const securityHandlers = ({ addresses, reading }: Parts): Handlers<Routes['security']> => ({
  addresses: ({ request }) => addresses.list(request.ip),
  addAddress: ({ viewer, request, body }) => addresses.add(keeperOf(viewer, request), body),
  removeAddress: async ({ viewer, request, params }) => {
    await addresses.remove(keeperOf(viewer, request), params.rule_id)
    return {}
  },
  settings: () => addresses.settings(),
  changeSettings: ({ viewer, request, body }) => addresses.changeSettings(keeperOf(viewer, request), body),
  threats: () => reading.threats(),
  events: ({ query }) => reading.events(query),
})
