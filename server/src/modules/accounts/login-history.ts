import {
  type Login,
  type LoginId,
  type LoginMethod,
  limits,
  type SessionId,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor, pageOf } from '../../kit/cursor.ts'
import { dayOf, idTime, newId } from '../../kit/ids.ts'
import { NOBODY, type Place } from './login-guard.ts'
import * as store from './login-history-store.ts'
import { cut, type Device } from './sessions.ts'

const DAY_MS = 86_400_000
const KEPT_MS = 90 * DAY_MS
/** Of a member who logs in all the time, such as a program of theirs. */
const MOST = 500
const LIST = 'logins'

export interface Failure {
  user_id: UserId
  /** By what failures are counted (see LoginGuard). */
  tried: string
  method: LoginMethod
  from: Device & Place
}

/**
 * What members are told of their log-ins. Failed ones are one row for each day and step, whoever tries how often, so nobody can fill it; they
 * are counted for names that nobody has as well, with the same write, so that nothing tells which those are.
 */
export class LoginHistory {
  readonly #deps: { db: Db; clock: Clock }

  constructor(deps: { db: Db; clock: Clock }) {
    this.#deps = deps
  }

  async note(
    tx: Tx,
    { user_id, method, session_id, from }: Omit<Failure, 'tried'> & { session_id: SessionId | null },
  ): Promise<void> {
    const { clock } = this.#deps
    const login_id = newId<LoginId>(clock)
    const { user_agent } = cut(from)
    const at = new Date(clock.now())
    const { network } = from
    await store.insertLogin(
      tx,
      { user_id, login_id, method, session_id, app: null, user_agent, network, at },
      MOST,
    )
  }

  /** Twice is once: it goes by the id of what was allowed. */
  async noteApp(user_id: UserId, grant: string, name: string): Promise<void> {
    const app = { session_id: null, app: name, user_agent: '', network: '' }
    const login_id = grant as LoginId
    const at = new Date(idTime(grant))
    await store.insertLogin(this.#deps.db.query, { user_id, login_id, method: 'app', at, ...app }, MOST)
  }

  async noteFailure({ user_id, tried, method, from }: Failure): Promise<void> {
    const { db, clock } = this.#deps
    const now = clock.now()
    const { user_agent } = cut(from)
    const failed = { method, user_agent, network: from.network, count: 1, last_at: new Date(now) }
    const login_id = newId<LoginId>(clock)
    await store.countFailure(db.query, { user_id, tried, day: dayOf(now), login_id, ...failed })
  }

  async list(viewer: Viewer, { cursor, limit = limits.pageDefault }: { cursor?: string; limit?: number }) {
    const { db, clock } = this.#deps
    const rows = await store.listLogins(db.query, {
      user_id: viewer.user_id,
      before: idCursor<LoginId>(LIST, cursor),
      since: new Date(clock.now() - KEPT_MS),
      limit: limit + 1,
    })
    const { items, next_cursor } = pageOf(LIST, rows, limit, ({ login_id }) => [login_id])
    return { items: items.map((row) => shown(row, viewer)), next_cursor }
  }

  forget(tx: Tx, userId: UserId): Promise<void> {
    return store.forgetLogins(tx, userId)
  }

  async purge(): Promise<void> {
    const { db, clock } = this.#deps
    const ago = (ms: number) => new Date(clock.now() - ms)
    await store.purgeLogins(db.query, { members: ago(KEPT_MS), nobody: NOBODY, nobodys: ago(DAY_MS) })
  }
}

const shown = ({ count, is_live, session_id, at, ...row }: store.ListedLogin, viewer: Viewer): Login => ({
  ...row,
  failed: count !== null,
  count: count ?? 1,
  at: at.toISOString(),
  session_id: is_live ? session_id : null,
  current: session_id === viewer.session_id,
})
