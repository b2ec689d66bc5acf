import type { ErrorCode } from '../errors.ts'
import type { RateLimitName } from '../limits.ts'
import type { Page, Static, TSchema } from './schema.ts'
import type { Reach } from './scope.ts'

/**
 * Who may call: `none` ignores credentials, `optional` answers visitors too (with less), `member` needs a
 * session, `owner` needs the owner's.
 */
export type Access = 'none' | 'optional' | 'member' | 'owner'

/** From the least to the most: each may what those before it may. */
export const roles = ['member', 'moderator', 'admin', 'owner'] as const
export type RoleName = (typeof roles)[number]

export const holdsRole = (has: RoleName, wanted: RoleName): boolean =>
  roles.indexOf(has) >= roles.indexOf(wanted)

export interface RouteSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v1`, parameters in braces: `/posts/{post_id}`. */
  path: string
  summary: string
  access: Access
  /** What an app's token must have been allowed to call it. First-party sessions are not asked. */
  scope: Reach
  /** Whoever calls must hold this role, or a higher one; else `forbidden`. With `access: 'member'`. */
  role?: RoleName
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** Schema of `data`; for a paged route, of one entry of `data`. */
  reply: TSchema
  paged?: boolean
  /** Status on success; 200 unless given. */
  status?: number
  errors?: readonly ErrorCode[]
  /** Only within ten minutes of a proof that it is the member (`accounts.prove`, or the log-in); else `step_up_required`. */
  stepUp?: boolean
  /** Counted on top of `request`, which every route spends. */
  rateLimit?: RateLimitName
  /** Where this is attacked, whoever calls has to work first (`challenge_required`). */
  challenge?: ChallengePurpose
  /** The body is multipart/form-data and is read by the handler itself. */
  multipart?: boolean
  /** To go: since when (ISO 8601), until when it answers at least, and which path is to be called in its place. */
  deprecated?: { since: string; sunset?: string; instead?: string }
  /** Honours `Idempotency-Key`. */
  idempotent?: boolean
}

export type ChallengePurpose = 'login' | 'register'
/** Brings the answer to a challenge. */
export const SOLUTION_HEADER = 'x-tintype-solution'

/** The routes of one domain, by name. */
export type RouteGroup = Readonly<Record<string, RouteSpec>>

export const API_PREFIX = '/api/v1'

/** Which member the web app shows: a request that brings another one's cookie is refused (`other_member`). */
export const MEMBER_HEADER = 'x-tintype-member'

type StaticOr<T, Fallback> = T extends TSchema ? Static<T> : Fallback
// biome-ignore lint/complexity/noBannedTypes: "no parameters" is an empty object, so that a handler can always destructure
type None = {}
export type Params<R extends RouteSpec> = StaticOr<R['params'], None>
export type Query<R extends RouteSpec> = StaticOr<R['query'], None>
export type Body<R extends RouteSpec> = StaticOr<R['body'], None>
export type Entry<R extends RouteSpec> = Static<R['reply']>
export type Reply<R extends RouteSpec> = R['paged'] extends true ? Page<Entry<R>> : Entry<R>

/** Declares a route, keeping every literal for the types above. */
export const route = <const R extends RouteSpec>(spec: R): R => spec
