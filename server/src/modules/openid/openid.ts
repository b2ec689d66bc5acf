import {
  type Body,
  type Instance,
  type OpenIdUnknown,
  type OwnOpenId,
  PROOF_SECONDS,
  type Routes,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Vault } from '../../kit/vault.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Arrival, Entrances, LoggedIn } from './deps.ts'
import type { Begun, Known, Provider } from './provider.ts'
import * as store from './store.ts'
import { suggestedUsername } from './suggested-username.ts'

export interface OpenIdDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  vault: Pick<Vault, 'open' | 'seal'>
  entrance: Entrances
  community: Pick<CommunityGate, 'instance'>
  provider: Provider
  /** Where the provider sends browsers back to. */
  redirectUri: string
}

/** For what a browser was sent to the provider: nobody's log-in, or something of a member's. */
export type Purpose = 'login' | `link ${UserId}` | `prove ${UserId}`

/** Where the browser goes, and what it keeps meanwhile. */
export interface Start {
  url: string
  kept: string
}

interface Kept extends Begun {
  purpose: Purpose
  expires_at: number
}

/** Seconds to log in at the provider. */
export const FLOW_SECONDS = 600
const TICKET_MS = 1_800_000
const FLOW = 'openid flow'
const TICKET = 'openid ticket'

/**
 * Log-ins at another place. What a browser begins with is sealed into a cookie of its own, so an answer is good in that browser alone, for what
 * it was begun for, once, and for ten minutes; a visitor who presses the button leaves no row.
 */
export class OpenId {
  readonly #deps: OpenIdDeps

  constructor(deps: OpenIdDeps) {
    this.#deps = deps
  }

  async begin(purpose: Purpose): Promise<Start> {
    const { provider, vault, clock, redirectUri } = this.#deps
    const { url, ...begun } = await provider.begin(redirectUri, { again: purpose.startsWith('prove') })
    const kept: Kept = { ...begun, purpose, expires_at: clock.now() + FLOW_SECONDS * 1000 }
    return { url, kept: vault.seal(JSON.stringify(kept), FLOW) }
  }

  /** Rejects with `openid_unknown` where nobody here is who came. */
  async enter(answer: string, kept: string | undefined, arrival: Arrival): Promise<LoggedIn> {
    const { db, clock, entrance } = this.#deps
    const known = await this.#finish(answer, kept, 'login')
    const user_id = await store.memberOf(db.query, known)
    if (!user_id) throw await this.#unknown(known)
    const entered = await entrance.enter(user_id, 'openid', arrival)
    await store.noteUse(db.query, user_id, known.issuer, new Date(clock.now()))
    return entered
  }

  /** Of two at once that bring one ticket, one makes the account. */
  async register(body: Body<Routes['openId']['register']>, arrival: Arrival): Promise<LoggedIn> {
    const { entrance } = this.#deps
    const { ticket, ...wanted } = body
    const { email, email_verified, ...identity } = this.#readTicket(ticket)
    if (await store.memberOf(this.#deps.db.query, identity)) throw new TintypeError('openid_taken')
    const account = {
      ...wanted,
      email_verified: email_verified && wanted.email.trim().toLowerCase() === email.toLowerCase(),
      sign_up: await this.#signUp(),
    }
    return entrance.register(account, arrival, (tx, user_id) => this.#keep(tx, user_id, identity))
  }

  async own({ user_id }: Viewer): Promise<OwnOpenId> {
    const { db, provider, entrance } = this.#deps
    const row = await store.identityOf(db.query, user_id, provider.issuer)
    return {
      linked_at: row?.linked_at.toISOString() ?? null,
      last_used_at: row?.last_used_at?.toISOString() ?? null,
      has_password: await entrance.hasPassword(user_id),
    }
  }

  async link(viewer: Viewer, answer: string, kept: string | undefined): Promise<OwnOpenId> {
    const { db, outbox } = this.#deps
    const { user_id } = viewer
    const known = await this.#finish(answer, kept, `link ${user_id}`)
    await db.tx(async (tx) => {
      await this.#keep(tx, user_id, known)
      const payload = { user_id, change: 'openid_linked' as const }
      await outbox.append(tx, [{ type: 'user.factors_changed', payload }])
    })
    return this.own(viewer)
  }

  async unlink({ user_id }: Viewer): Promise<void> {
    const { db, outbox, provider, entrance } = this.#deps
    if (!(await entrance.hasPassword(user_id))) throw new TintypeError('openid_last')
    await db.tx(async (tx) => {
      if ((await store.deleteIdentities(tx, user_id, provider.issuer)) === 0)
        throw new TintypeError('not_found')
      const payload = { user_id, change: 'openid_unlinked' as const }
      await outbox.append(tx, [{ type: 'user.factors_changed', payload }])
    })
  }

  /** Only a provider that says when they proved it is believed: a browser that is logged in there proves nothing. */
  async prove(viewer: Viewer, answer: string, kept: string | undefined): Promise<void> {
    const { db, entrance } = this.#deps
    const known = await this.#finish(answer, kept, `prove ${viewer.user_id}`)
    if ((await store.memberOf(db.query, known)) !== viewer.user_id) throw new TintypeError('openid_failed')
    await entrance.noteProof(viewer)
  }

  async #finish(answer: string, sealed: string | undefined, purpose: Purpose): Promise<Known> {
    const { db, clock, provider, redirectUri } = this.#deps
    const kept = this.#open<Kept>(sealed, FLOW)
    const given = new URLSearchParams(answer)
    if (!kept || kept.purpose !== purpose || given.get('state') !== kept.state)
      throw new TintypeError('openid_expired')
    const expires_at = new Date(kept.expires_at)
    if (expires_at.getTime() <= clock.now()) throw new TintypeError('openid_expired')
    if (!(await store.noteAnswer(db.query, { state: kept.state, expires_at })))
      throw new TintypeError('openid_expired')
    const answered = new URL(redirectUri)
    answered.search = given.toString()
    const known = await provider.finish(
      answered,
      kept,
      purpose.startsWith('prove') ? PROOF_SECONDS : undefined,
    )
    if (!known.subject) throw new TintypeError('openid_failed')
    return known
  }

  async #keep(tx: Tx, user_id: UserId, { issuer, subject }: store.Identity): Promise<void> {
    const now = new Date(this.#deps.clock.now())
    const row = { user_id, issuer, subject, linked_at: now, last_used_at: now }
    const kept = await store.insertIdentity(tx, row)
    if (kept === 'taken') throw new TintypeError('openid_taken')
    if (kept === 'full') throw new TintypeError('conflict')
  }

  async #unknown(known: Known): Promise<TintypeError> {
    const { vault, clock } = this.#deps
    const { issuer, subject, email, email_verified, full_name } = known
    const expires_at = clock.now() + TICKET_MS
    const said: Ticket = { issuer, subject, email, email_verified, expires_at }
    const details: OpenIdUnknown = {
      ticket: vault.seal(JSON.stringify(said), TICKET),
      sign_up: await this.#signUp(),
      username: suggestedUsername(known.username),
      full_name,
      email,
      email_verified,
    }
    return new TintypeError('openid_unknown', { details: { ...details } })
  }

  async #signUp(): Promise<Instance['registration']> {
    const { openid, registration } = await this.#deps.community.instance()
    return openid?.sign_up ?? registration
  }

  #readTicket(ticket: string): Ticket {
    const said = this.#open<Ticket>(ticket, TICKET)
    if (!said || said.expires_at <= this.#deps.clock.now()) throw new TintypeError('openid_expired')
    return said
  }

  /** Undefined for what was not sealed here for this use. */
  #open<T>(sealed: string | undefined, use: string): T | undefined {
    try {
      return sealed ? (JSON.parse(this.#deps.vault.open(sealed, use)) as T) : undefined
    } catch {
      return undefined
    }
  }
}

interface Ticket extends store.Identity {
  email: string
  email_verified: boolean
  expires_at: number
}
