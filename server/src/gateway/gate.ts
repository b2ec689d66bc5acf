import {
  holdsRole,
  MEMBER_HEADER,
  type RateLimitName,
  type Reach,
  type RouteSpec,
  reaches,
  TintypeError,
} from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from './binding.ts'
import { accessTokenOf, type CookiePolicy } from './credentials.ts'
import { assertNoNul } from './inspection.ts'
import type { Rank } from './overload.ts'
import type { Limit } from './rate-limits.ts'

/**
 * Who a token stands for; throws `token_expired` or `unauthorized`. Null: an app that asks in nobody's name, and sees what visitors see.
 * Answers at once for a token it has seen, so that the hot path waits for nothing.
 */
export type Authenticate = (token: string) => Viewer | null | Promise<Viewer | null>

/** Whether the member has lately proven in this session that it is them. */
export type ProvenLately = (viewer: Viewer) => Promise<boolean>

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null
  }
}

export interface GateOptions {
  authenticate: Authenticate
  provenLately: ProvenLately
  cookies: CookiePolicy
  limit: Limit | undefined
  /** Seconds to stay away where the process cannot take more; undefined while it can. */
  overloaded: ((rank: Rank) => number | undefined) | undefined
}

type Done = (error?: Error) => void
type Gate = (request: FastifyRequest, reply: FastifyReply, done: Done) => void

/**
 * What stands before a route's body is even read: room, identity, rights, rate limits. One callback hook and no promise
 * where the token is known and limits are off.
 */
export function gate(spec: RouteSpec, options: GateOptions): Gate {
  const { authenticate, cookies, limit, overloaded } = options
  const memberLimits: RateLimitName[] = ['request', ...(spec.rateLimit ? [spec.rateLimit] : [])]
  const appLimits: RateLimitName[] = ['app', ...memberLimits.slice(1)]
  const visitorLimits: RateLimitName[] = ['anonymous', ...(spec.rateLimit ? [spec.rateLimit] : [])]
  const passLimits = (reply: FastifyReply, viewer: Viewer | null, address: string) =>
    limit?.(reply, limitsOf(viewer), { user_id: viewer?.user_id, address })
  const limitsOf = (viewer: Viewer | null) =>
    viewer === null ? visitorLimits : viewer.scopes ? appLimits : memberLimits
  const needsMember = spec.access === 'member' || spec.access === 'owner'
  const role = spec.access === 'owner' ? 'owner' : spec.role

  const admit = (request: FastifyRequest, reply: FastifyReply, viewer: Viewer | null, done: Done) => {
    if (viewer !== null && isForOther(request, viewer)) return done(new TintypeError('other_member'))
    if (needsMember && viewer === null) return done(new TintypeError('unauthorized'))
    const refusal = viewer?.scopes && refusalOf(viewer.scopes, spec.scope)
    if (refusal) return done(refusal)
    if (role && !holdsRole(viewer?.role ?? 'member', role)) return done(new TintypeError('forbidden'))
    request.viewer = viewer
    const limited = passLimits(reply, viewer, request.ip)
    if (spec.stepUp) return void proven(limited, viewer).then(() => done(), done)
    if (!limited) return done()
    limited.then(() => done(), done)
  }

  const proven = async (limited: Promise<void> | undefined, viewer: Viewer | null) => {
    await limited
    if (viewer === null || !(await options.provenLately(viewer))) throw new TintypeError('step_up_required')
  }

  return (request, reply, done) => {
    const retryAfter = overloaded?.(rankOf(request))
    if (retryAfter !== undefined) return done(turnedAway(retryAfter))
    try {
      assertNoNul(request.url)
      if (spec.access === 'none') return admit(request, reply, null, done)
      const token = accessTokenOf(cookies, request)
      if (token === undefined) return admit(request, reply, null, done)
      const viewer = authenticate(token)
      if (!(viewer instanceof Promise)) return admit(request, reply, viewer, done)
      viewer.then((found) => admit(request, reply, found, done), done)
    } catch (error) {
      done(error as Error)
    }
  }
}

/** A page that shows one member, in a browser whose cookie is another's by now, reads and does nothing as them. */
function isForOther({ headers }: FastifyRequest, viewer: Viewer): boolean {
  const shown = headers[MEMBER_HEADER]
  return shown !== undefined && shown !== viewer.user_id
}

/** Why an app does not get there; undefined: it does. */
export function refusalOf(scopes: NonNullable<Viewer['scopes']>, wanted: Reach): TintypeError | undefined {
  if (reaches(scopes, wanted)) return undefined
  return wanted === 'never'
    ? new TintypeError('not_for_apps')
    : new TintypeError('scope_missing', { details: { scope: wanted } })
}

/** For what is not of the contract (pictures, uploads, sockets): room is all that is asked. */
export const whileThereIsRoom =
  (overloaded: (rank: Rank) => number | undefined): Gate =>
  (request, _reply, done) => {
    const retryAfter = overloaded(rankOf(request))
    if (retryAfter === undefined) done()
    else done(turnedAway(retryAfter))
  }

/** Before it is known whether what they show is good. */
function rankOf({ method, headers }: FastifyRequest): Rank {
  if (method !== 'GET' && method !== 'HEAD') return 'writer'
  return headers.authorization === undefined && headers.cookie === undefined ? 'visitor' : 'reader'
}

const turnedAway = (retryAfter: number) =>
  new TintypeError('unavailable', { details: { retry_after: retryAfter } })
