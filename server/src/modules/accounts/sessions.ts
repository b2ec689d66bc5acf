import { type Session, type SessionId, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { AppGrants } from '../apps/api.ts'
import type { Comings } from '../members/api.ts'
import type { Authentication } from './authentication.ts'
import * as store from './session-store.ts'
import type { Tokens } from './tokens.ts'

/** Where somebody logs in from; shown to them in their list of sessions. */
export interface Device {
  user_agent: string
  ip: string
}

export interface IssuedTokens {
  access_token: string
  refresh_token: string
  /** Seconds. */
  expires_in: number
}

export interface SessionDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  tokens: Tokens
  authentication: Authentication
  apps: Pick<AppGrants, 'endIn'>
  members: Pick<Comings, 'noteActivity'>
  /** Seconds. */
  accessTokenTtl: number
  refreshTokenTtl: number
}

/**
 * How long the refresh token before the current one is still taken: two tabs (or a retry whose first answer got lost) may
 * bring one token at the same time. They are given the current one, not a new one.
 */
const RACE_MS = 10_000

/**
 * The use of a session is noted when its tokens are renewed: once an hour of use, and never on the way of a request.
 *
 * A session is a row with a generation. Refresh token n is good while the row says n; using it moves the row to n+1.
 *
 *   n = row            -> row becomes n+1, tokens of n+1
 *   n = row-1, <= 10 s -> tokens of the row's generation again: a benign race
 *   n < row otherwise  -> somebody kept an old token: the session ends for both, `refresh_reused`
 *   no row, expired    -> `refresh_invalid`
 */
export class Sessions {
  readonly #deps: SessionDeps

  constructor(deps: SessionDeps) {
    this.#deps = deps
  }

  /** Begins a session, in the transaction that decided that it may begin. */
  async begin(tx: Tx, userId: UserId, device: Device): Promise<IssuedTokens & { session_id: SessionId }> {
    const { clock, members } = this.#deps
    const now = new Date(clock.now())
    const session_id = newId<SessionId>(clock)
    await store.insertSession(tx, {
      user_id: userId,
      session_id,
      generation: 1,
      rotated_at: now,
      created_at: now,
      last_used_at: now,
      proven_at: now,
      expires_at: this.#expiry(),
      ...cut(device),
    })
    await members.noteActivity(tx, userId, now)
    return { ...this.#issue({ user_id: userId, session_id }, 1), session_id }
  }

  async refresh(token: string, device: Device): Promise<IssuedTokens & { user_id: UserId }> {
    const { db, clock, tokens, members } = this.#deps
    const claims = tokens.readRefresh(token)
    if (!claims) throw new TintypeError('refresh_invalid')
    const now = new Date(clock.now())
    const use = { rotated_at: now, expires_at: this.#expiry(), ...cut(device) }
    if (await store.rotateSession(db.query, claims, claims.generation, use)) {
      await members.noteActivity(db.query, claims.user_id, now)
      return { ...this.#issue(claims, claims.generation + 1), user_id: claims.user_id }
    }
    const session = await store.readSession(db.query, claims)
    if (!session || session.expires_at <= now || claims.generation >= session.generation)
      throw new TintypeError('refresh_invalid')
    const isRace =
      claims.generation === session.generation - 1 && now.getTime() - session.rotated_at.getTime() <= RACE_MS
    if (isRace) return { ...this.#issue(claims, session.generation), user_id: claims.user_id }
    await this.end(claims.user_id, { only: claims.session_id })
    throw new TintypeError('refresh_reused')
  }

  async list(viewer: Viewer): Promise<Session[]> {
    const { db, clock } = this.#deps
    const rows = await store.listSessions(db.query, viewer.user_id, new Date(clock.now()))
    return rows.map((row) => ({
      session_id: row.session_id,
      user_agent: row.user_agent,
      ip: row.ip,
      created_at: row.created_at.toISOString(),
      last_used_at: row.last_used_at.toISOString(),
      current: row.session_id === viewer.session_id,
    }))
  }

  /** Ends sessions everywhere at once; answers how many there were. */
  async end(userId: UserId, which: { only?: SessionId; except?: SessionId } = {}): Promise<number> {
    const ended = await this.#deps.db.tx((tx) => this.endIn(tx, userId, which))
    await this.#deps.authentication.tellEnded(ended)
    return ended.length
  }

  /**
   * The same within the transaction of what ends them; `tellEnded` is to follow. What ends all of a member's sessions, or all but one, ends
   * what they have allowed to apps as well.
   */
  async endIn(
    tx: Tx,
    userId: UserId,
    which: { only?: SessionId; except?: SessionId } = {},
  ): Promise<SessionId[]> {
    const ended = await store.deleteSessions(tx, userId, which)
    const session_ids = which.only ? ended : [...ended, ...(await this.#deps.apps.endIn(tx, userId))]
    if (session_ids.length > 0) {
      const payload = { user_id: userId, session_ids }
      await this.#deps.outbox.append(tx, [{ type: 'user.sessions_ended', payload }])
    }
    return session_ids
  }

  /** Sessions past their time have ended as those have that somebody ends: what hangs on them goes too. */
  async purgeExpired(signal: AbortSignal): Promise<void> {
    const { db, clock, outbox } = this.#deps
    const some = 1000
    const purge = () =>
      db.tx(async (tx) => {
        const gone = await store.deleteExpiredSessions(tx, new Date(clock.now()), some)
        const events = [...Map.groupBy(gone, ({ user_id }) => user_id)].map(([user_id, theirs]) => {
          const session_ids = theirs.map(({ session_id }) => session_id)
          return { type: 'user.sessions_ended' as const, payload: { user_id, session_ids } }
        })
        await outbox.append(tx, events)
        return gone.length
      })
    while (!signal.aborted && (await purge()) === some);
  }

  #expiry = (): Date => new Date(this.#deps.clock.now() + this.#deps.refreshTokenTtl * 1000)

  #issue({ user_id, session_id }: store.SessionName, generation: number): IssuedTokens {
    const { clock, tokens, accessTokenTtl } = this.#deps
    const now = clock.now()
    return {
      access_token: tokens.signAccess({ user_id, session_id, expires: now + accessTokenTtl * 1000 }, now),
      refresh_token: tokens.signRefresh({ user_id, session_id, generation }),
      expires_in: accessTokenTtl,
    }
  }
}

export const cut = ({ user_agent, ip }: Device): Device => ({
  user_agent: user_agent.slice(0, 300).replaceAll('\0', ''),
  ip: ip.slice(0, 64),
})
