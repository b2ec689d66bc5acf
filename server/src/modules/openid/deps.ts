import type { Authenticated, OpenIdUnknown, UserId } from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tx } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'

/** Where somebody comes from, as accounts tells it; here it is handed on. */
export interface Arrival {
  user_agent: string
  ip: string
  network: string
  device_token?: string | undefined
  isExempt: boolean
  solution: string | undefined
}

/** A session that began, for accounts to hand out. */
export interface LoggedIn {
  user_id: UserId
  access_token: string
  refresh_token: string
  expires_in: number
  device_token?: string
}

interface NewAccount {
  username: string
  email: string
  email_verified: boolean
  full_name?: string
  invitation?: string
  sign_up: OpenIdUnknown['sign_up']
}

/** How accounts lets people in who proved elsewhere who they are. */
export interface Entrances {
  enter(userId: UserId, method: 'openid', arrival: Arrival): Promise<LoggedIn>
  register(
    account: NewAccount,
    arrival: Arrival,
    keep: (tx: Tx, userId: UserId) => Promise<void>,
  ): Promise<LoggedIn>
  noteProof(viewer: Viewer): Promise<void>
  hasPassword(userId: UserId): Promise<boolean>
}

export type BeginSession = (
  request: FastifyRequest,
  response: FastifyReply,
  work: (arrival: Arrival) => Promise<LoggedIn>,
) => Promise<Authenticated>
