import type { Routes } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import type { Handlers } from '../../gateway/binding.ts'
import type { Asking } from './asking.ts'
import type { Developer } from './developer.ts'
import type { DeviceCodes } from './device-codes.ts'
import type { Grants } from './grants.ts'
import { issuerOf } from './issuer.ts'

export interface AppRouteDeps {
  asking: Asking
  devices: DeviceCodes
  grants: Grants
  developer: Developer
  publicUrl: string
}

export function appHandlers({ asking, devices, grants, publicUrl }: AppRouteDeps): Handlers<Routes['apps']> {
  const issuer = (request: FastifyRequest) => issuerOf(publicUrl, request)
  return {
    asked: ({ viewer, query, request }) =>
      asking.asked(viewer.user_id, { request: query, issuer: issuer(request) }),
    answer: async ({ viewer, body: { allow, ...asked }, request }) => ({
      redirect_to: await asking.answer(viewer.user_id, { request: asked, issuer: issuer(request) }, allow),
    }),
    askedByDevice: ({ query }) => devices.asked(query.user_code),
    answerDevice: async ({ viewer, body }) => {
      await devices.answer(viewer.user_id, body.user_code, body.allow)
      return {}
    },
    connected: ({ viewer }) => grants.connected(viewer.user_id),
    disconnect: async ({ viewer, params }) => {
      await grants.disconnect(viewer.user_id, params.app_id)
      return {}
    },
  }
}

export const developerHandlers = ({ developer, grants }: AppRouteDeps): Handlers<Routes['developer']> => ({
  apps: ({ viewer }) => developer.apps(viewer.user_id),
  register: ({ viewer, body }) => developer.register(viewer.user_id, body),
  change: ({ viewer, params, body }) => developer.change(viewer.user_id, params.app_id, body),
  renewSecret: ({ viewer, params }) => developer.renewSecret(viewer.user_id, params.app_id),
  remove: async ({ viewer, params }) => {
    await developer.remove(viewer.user_id, params.app_id)
    return {}
  },
  tokens: ({ viewer }) => grants.tokens(viewer.user_id),
  createToken: ({ viewer, body }) => grants.createToken(viewer.user_id, body),
  revokeToken: async ({ viewer, params }) => {
    await grants.revokeToken(viewer.user_id, params.token_id)
    return {}
  },
})
