import { type Routes, TintypeError } from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Handlers } from '../../gateway/binding.ts'
import { type CookiePolicy, readCookie, writeOpenIdCookie } from '../../gateway/credentials.ts'
import type { BeginSession } from './deps.ts'
import { FLOW_SECONDS, type OpenId, type Start } from './openid.ts'

interface OpenIdRouteDeps {
  /** Undefined where the community has no such log-in. */
  openId: OpenId | undefined
  cookies: CookiePolicy
  beginSession: BeginSession
}

export function openIdHandlers({
  openId,
  cookies,
  beginSession,
}: OpenIdRouteDeps): Handlers<Routes['openId']> {
  const there = (): OpenId => {
    if (!openId) throw new TintypeError('not_found')
    return openId
  }
  const start = async (response: FastifyReply, begun: Promise<Start>) => {
    const { url, kept } = await begun
    writeOpenIdCookie(cookies, response, kept, FLOW_SECONDS)
    return { url }
  }
  /** It is good once, so it goes whatever comes of it. */
  const take = (request: FastifyRequest, response: FastifyReply): string | undefined => {
    const kept = readCookie(cookies, request, 'openid')
    if (kept) writeOpenIdCookie(cookies, response, null)
    return kept
  }
  return {
    begin: async ({ response }) => start(response, there().begin('login')),
    enter: ({ body, request, response }) =>
      beginSession(request, response, (arrival) =>
        there().enter(body.answer, take(request, response), arrival),
      ),
    register: ({ body, request, response }) =>
      beginSession(request, response, (arrival) => there().register(body, arrival)),
    get: async ({ viewer }) => there().own(viewer),
    beginLink: async ({ viewer, response }) => start(response, there().begin(`link ${viewer.user_id}`)),
    link: async ({ viewer, body, request, response }) =>
      there().link(viewer, body.answer, take(request, response)),
    unlink: async ({ viewer }) => {
      await there().unlink(viewer)
      return {}
    },
    beginProof: async ({ viewer, response }) => start(response, there().begin(`prove ${viewer.user_id}`)),
    prove: async ({ viewer, body, request, response }) => {
      await there().prove(viewer, body.answer, take(request, response))
      return {}
    },
  }
}
