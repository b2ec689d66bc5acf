import type { Me, Routes, UserId } from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Handlers } from '../../gateway/binding.ts'
import {
  assertOwnPage,
  type CookiePolicy,
  readCookie,
  readParked,
  writeParked,
  writeSessionCookies,
} from '../../gateway/credentials.ts'
import type { BrowserAccounts, Held } from './browser-accounts.ts'

export interface BrowserRouteDeps {
  browser: BrowserAccounts
  profiles: { me(userId: UserId): Promise<Me> }
  cookies: CookiePolicy
  /** Seconds. */
  refreshTokenTtl: number
}

export function browserHandlers({
  browser,
  profiles,
  cookies,
  refreshTokenTtl,
}: BrowserRouteDeps): Handlers<Routes['browser']> {
  const heldBy = (request: FastifyRequest): Held => ({
    active: readCookie(cookies, request, 'refresh'),
    parked: readParked(cookies, request),
  })
  const keep = (response: FastifyReply, parked: readonly string[]) =>
    writeParked(cookies, response, parked, refreshTokenTtl)
  return {
    accounts: ({ request }) => browser.list(heldBy(request)),
    park: async ({ request, response }) => {
      assertOwnPage(cookies, request)
      keep(response, await browser.park(heldBy(request)))
      writeSessionCookies(cookies, response, null)
      return {}
    },
    switchTo: async ({ body, request, response }) => {
      assertOwnPage(cookies, request)
      const device = { user_agent: request.headers['user-agent'] ?? '', ip: request.ip }
      const { issued, parked } = await browser.switchTo(heldBy(request), body.user_id, device)
      const user = await profiles.me(issued.user_id)
      keep(response, parked)
      writeSessionCookies(cookies, response, issued, refreshTokenTtl)
      return { user, access_token: null, refresh_token: null, expires_in: issued.expires_in }
    },
    leave: async ({ body, request, response }) => {
      assertOwnPage(cookies, request)
      const left = await browser.leave(heldBy(request), body.user_id)
      keep(response, left.parked)
      if (!left.active) writeSessionCookies(cookies, response, null)
      return {}
    },
    leaveAll: async ({ request, response }) => {
      assertOwnPage(cookies, request)
      await browser.leaveAll(heldBy(request))
      keep(response, [])
      writeSessionCookies(cookies, response, null)
      return {}
    },
  }
}
