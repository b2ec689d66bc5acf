import type { UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import type { Members } from '../members/api.ts'
import type { Circles } from './circles.ts'
import { followCounters, recount } from './count-store.ts'
import { removeLimit } from './limit-store.ts'
import { countChanges, type GraphService } from './service.ts'
import { dueSnoozes, eraseSnoozes } from './snooze-store.ts'
import * as store from './store.ts'
import { dropViewing } from './viewing-store.ts'

/** Edges handled in one transaction. */
const CHUNK = 200

interface UpkeepDeps {
  db: Db
  clock: Clock
  circles: Pick<Circles, 'erase'>
  graph: Pick<GraphService, 'acceptRequests' | 'endSnooze'>
  members: Pick<Members, 'idsAfter' | 'privacyFlags'>
}

/** What facts and schedules ask of the graph. Each may be run again at any point. */
export class GraphUpkeep {
  readonly #deps: UpkeepDeps

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** A public account has no requests that wait: all become follows. Stops where the account is private again. */
  async acceptWaiting(followeeId: UserId, signal?: AbortSignal): Promise<void> {
    const { db, graph, members } = this.#deps
    while (!signal?.aborted) {
      const flags = (await members.privacyFlags([followeeId])).get(followeeId)
      if (!flags || flags.is_private) return
      const waiting = await store.pageEdges(db.query, 'request', 'in', followeeId, {
        before: undefined,
        limit: CHUNK,
      })
      if (waiting.length === 0) return
      await graph.acceptRequests(waiting.map((row) => ({ from: row.other_id, to: followeeId })))
    }
    signal.throwIfAborted()
  }

  /** Everything that starts from a deleted member or leads to them. Others' counts follow in the same transactions. */
  async eraseMember(userId: UserId, signal?: AbortSignal): Promise<void> {
    for (const kind of store.edgeKinds)
      for (const side of ['out', 'in'] as const)
        while (await this.#eraseSome(userId, kind, side)) signal?.throwIfAborted()
    await this.#deps.circles.erase(userId, signal)
    await eraseSnoozes(this.#deps.db.query, userId)
    await removeLimit(this.#deps.db.query, userId)
    await dropViewing(this.#deps.db.query, userId)
    await this.#deps.db.tx((tx) => followCounters.drop(tx, userId))
  }

  async #eraseSome(userId: UserId, kind: store.EdgeKind, side: 'out' | 'in'): Promise<boolean> {
    const { db } = this.#deps
    const rows = await store.pageEdges(db.query, kind, side, userId, { before: undefined, limit: CHUNK })
    if (rows.length === 0) return false
    const pairs = rows.map(({ other_id }) =>
      side === 'out' ? { from: userId, to: other_id } : { from: other_id, to: userId },
    )
    await db.tx(async (tx) => {
      await store.lockPairs(tx, pairs)
      const gone = await store.removeEdges(tx, kind, pairs)
      if (kind !== 'follow') return
      await followCounters.add(tx, countChanges(gone, -1, userId))
      await followCounters.apply(tx, [...new Set(gone.flatMap(({ from, to }) => [from, to]))])
    })
    return true
  }

  /** Mutes whose time is over. */
  async endSnoozes(signal: AbortSignal): Promise<void> {
    const { db, clock, graph } = this.#deps
    for (let some = CHUNK; some === CHUNK && !signal.aborted; ) {
      const due = await dueSnoozes(db.query, new Date(clock.now()), CHUNK)
      for (const pair of due) await graph.endSnooze(pair)
      some = due.length
    }
  }

  async countFollows(userIds: readonly UserId[]): Promise<void> {
    await followCounters.apply(this.#deps.db.query, userIds)
  }

  /** Counts what a consumer that gave up left behind. */
  async sweepCounts(signal?: AbortSignal): Promise<void> {
    await followCounters.sweep(this.#deps.db.query, (ids) => this.countFollows(ids), signal)
  }

  /** Makes the counts anew from the follows themselves. */
  async recount(userIds: readonly UserId[]): Promise<void> {
    await recount(this.#deps.db, userIds)
  }

  /** The same for all members; answers how many there are. */
  recountAll(signal: AbortSignal): Promise<number> {
    return inChunks<UserId>(
      (after) => this.#deps.members.idsAfter(after, CHUNK),
      (ids) => this.recount(ids),
      signal,
    )
  }
}
