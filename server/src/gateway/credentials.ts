import { TintypeError } from '@tintype/contract'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The web app's session lives in two HttpOnly cookies. On https their names carry the `__Host-` prefix, so no
 * subdomain can plant them; on plain http (a laptop, a home network) browsers would refuse that prefix.
 */
export interface CookiePolicy {
  /** Is this request's page on https? */
  isSecure(request: FastifyRequest): boolean
  /** Host (with port) people reach Tintype at; empty: whatever the request says. */
  publicHost: string
}

export function cookiePolicy(publicUrl: string): CookiePolicy {
  const isHttps = publicUrl.startsWith('https:')
  return {
    isSecure: publicUrl ? () => isHttps : (request) => request.protocol === 'https',
    publicHost: publicUrl ? new URL(publicUrl).host : '',
  }
}

type CookieKind = 'access' | 'refresh' | 'device' | 'position' | 'parked' | 'openid'
const cookieName = (kind: CookieKind, secure: boolean) => `${secure ? '__Host-' : ''}tintype_${kind}`

export function readCookie(
  policy: CookiePolicy,
  request: FastifyRequest,
  kind: CookieKind,
): string | undefined {
  const header = request.headers.cookie
  return header === undefined ? undefined : parseCookie(header)[cookieName(kind, policy.isSecure(request))]
}

/** As a header sets it, for `maxAge` seconds; 0 takes it away. */
function cookieOf(
  policy: CookiePolicy,
  reply: FastifyReply,
  kind: CookieKind,
  { value, maxAge }: { value: string; maxAge: number },
): string {
  const secure = policy.isSecure(reply.request)
  const name = cookieName(kind, secure)
  return stringifySetCookie({ path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge, name, value })
}

/** Refresh tokens of accounts that the browser is logged in to beside the one in use. */
export const readParked = (policy: CookiePolicy, request: FastifyRequest): string[] =>
  (readCookie(policy, request, 'parked') ?? '').split('~').filter(Boolean)

export function writeParked(
  policy: CookiePolicy,
  reply: FastifyReply,
  tokens: readonly string[],
  maxAge: number,
): void {
  const kept = { value: tokens.join('~'), maxAge: tokens.length > 0 ? maxAge : 0 }
  reply.header('set-cookie', cookieOf(policy, reply, 'parked', kept))
}

export interface SessionTokens {
  access_token: string
  refresh_token: string
}

/**
 * Hands both tokens to the browser for `maxAge` seconds; null takes them away. The access cookie outlives its token on
 * purpose: a reader whose token has run out is then told `token_expired`, and not served as a visitor.
 */
export function writeSessionCookies(
  policy: CookiePolicy,
  reply: FastifyReply,
  tokens: SessionTokens | null,
  maxAge = 0,
): void {
  const age = tokens ? maxAge : 0
  reply.header('set-cookie', [
    cookieOf(policy, reply, 'access', { value: tokens?.access_token ?? '', maxAge: age }),
    cookieOf(policy, reply, 'refresh', { value: tokens?.refresh_token ?? '', maxAge: age }),
  ])
}

/** A year; each log-in writes it anew. */
const DEVICE_AGE = 365 * 86_400

/** By it the browser is known when its member logs in again; it gives no rights, and stays after a log-out. */
export function writeDeviceCookie(policy: CookiePolicy, reply: FastifyReply, value: string): void {
  reply.header('set-cookie', cookieOf(policy, reply, 'device', { value, maxAge: DEVICE_AGE }))
}

/** Where the browser wrote last; it gives no rights. */
export function writePositionCookie(
  policy: CookiePolicy,
  reply: FastifyReply,
  value: string,
  maxAge: number,
): void {
  reply.header('set-cookie', cookieOf(policy, reply, 'position', { value, maxAge }))
}

/** What a log-in elsewhere was begun with, sealed, for `maxAge` seconds; null takes it away. */
export function writeOpenIdCookie(
  policy: CookiePolicy,
  reply: FastifyReply,
  value: string | null,
  maxAge = 0,
): void {
  reply.header('set-cookie', cookieOf(policy, reply, 'openid', { value: value ?? '', maxAge }))
}

/** Did the caller ask for cookies instead of tokens? Only the web app can: another site cannot send this header. */
export const wantsCookies = (request: FastifyRequest): boolean =>
  request.headers['x-tintype-session'] === 'cookie'

/**
 * The token of a request: `Authorization: Bearer` first, else the cookie. A cookie is sent by the browser whoever made the
 * page, so with it every call that changes something must prove to come from our own pages.
 */
export function accessTokenOf(policy: CookiePolicy, request: FastifyRequest): string | undefined {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const match = /^Bearer +(\S+)$/i.exec(authorization)
    if (!match) throw new TintypeError('unauthorized')
    return match[1]
  }
  const token = readCookie(policy, request, 'access')
  if (token && request.method !== 'GET' && request.method !== 'HEAD') assertOwnPage(policy, request)
  return token || undefined
}

/**
 * Refuses with `csrf_failed` unless the request carries `X-Tintype-CSRF: 1` (or asks for cookies; neither header can be
 * sent across sites without CORS) and nothing the browser adds by itself says that it comes from elsewhere.
 */
export function assertOwnPage(policy: CookiePolicy, request: FastifyRequest): void {
  const { headers } = request
  const marked = headers['x-tintype-csrf'] === '1' || wantsCookies(request)
  const site = headers['sec-fetch-site']
  if (!marked || (site ? site !== 'same-origin' && site !== 'none' : !isOwnOrigin(policy, request)))
    throw new TintypeError('csrf_failed')
}

/** Browsers that send no `Sec-Fetch-Site` (old ones, and all on plain http beyond localhost) send `Origin`. */
function isOwnOrigin(policy: CookiePolicy, request: FastifyRequest): boolean {
  const origin = request.headers.origin
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === request.headers.host || host === policy.publicHost
}
