import {
  type InteractionLimit,
  interactionLimits,
  type NewInteractionLimit,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idFloor } from '../../kit/ids.ts'
import * as store from './limit-store.ts'

const DAY_MS = 86_400_000
const CHUNK = 200

interface InteractionLimitDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
}

/** In a wave a member holds back what accounts do that they hardly know, for some days. */
export class InteractionLimiting {
  readonly #deps: InteractionLimitDeps

  constructor(deps: InteractionLimitDeps) {
    this.#deps = deps
  }

  async get(userId: UserId): Promise<InteractionLimit> {
    const { db, clock } = this.#deps
    const row = await store.readLimit(db.query, userId, new Date(clock.now()))
    return { limit: row ? { ...row, ends_at: row.ends_at.toISOString() } : null }
  }

  /** From now on for so many days. What was said last holds. */
  async set(user_id: UserId, { accounts, days }: NewInteractionLimit): Promise<InteractionLimit> {
    const { db, clock } = this.#deps
    const now = clock.now()
    const ends_at = new Date(now + days * DAY_MS)
    const new_from = idFloor<string>(now - interactionLimits.newFollower * DAY_MS)
    await db.tx(async (tx) => {
      await store.setLimit(tx, { user_id, accounts, new_from, ends_at }, new Date(now))
      await this.#tell(tx, [user_id])
    })
    return { limit: { accounts, ends_at: ends_at.toISOString() } }
  }

  /** What was held meanwhile waits on. */
  async lift(userId: UserId): Promise<InteractionLimit> {
    await this.#deps.db.tx(async (tx) => {
      if (await store.removeLimit(tx, userId)) await this.#tell(tx, [userId])
    })
    return { limit: null }
  }

  /** Tells of those whose time is over. They have held nothing back since then. */
  async endDue(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    for (let some = CHUNK; some === CHUNK && !signal.aborted; )
      some = await db.tx(async (tx) => {
        const due = await store.takeDueLimits(tx, new Date(clock.now()), CHUNK)
        await this.#tell(tx, due)
        return due.length
      })
  }

  async #tell(tx: Tx, ids: readonly UserId[]): Promise<void> {
    const events = ids.map((user_id) => ({
      type: 'user.interaction_limit_changed' as const,
      payload: { user_id },
    }))
    if (events.length > 0) await this.#deps.outbox.append(tx, events)
  }
}
