import {
  type Circle,
  type CircleId,
  circleLimits,
  type Page,
  TintypeError,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import { visibility } from '../../access/visibility.ts'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { Members } from '../members/api.ts'
import * as store from './circle-store.ts'
import { leaveCircles } from './leave-circles.ts'
import { viewerOf } from './reader.ts'
import type { GraphService } from './service.ts'
import { lockPairs, tiesBetween } from './store.ts'

interface CirclesDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  members: Pick<Members, 'holdPrivacy'>
  graph: Pick<GraphService, 'listEntries' | 'visibleMember'>
}

/** Owners whose circles a member leaves in one go. */
const CHUNK = 100

/** A member's circles. What is not theirs is not there. */
export class Circles {
  readonly #deps: CirclesDeps

  constructor(deps: CirclesDeps) {
    this.#deps = deps
  }

  list(ownerId: UserId): Promise<Circle[]> {
    return store.circlesOf(this.#deps.db.query, ownerId)
  }

  /** `reservedId`: an attempt before this one may have made it. */
  async create(owner_id: UserId, name: string, reservedId?: string): Promise<Circle> {
    const { db, clock } = this.#deps
    const circle_id = (reservedId as CircleId | undefined) ?? newId<CircleId>(clock)
    await db.tx(async (tx) => {
      await store.lockCircles(tx, owner_id)
      if (!(await store.addCircle(tx, { owner_id, circle_id, name }))) return
      if ((await store.circlesOf(tx, owner_id)).length > circleLimits.perMember)
        throw new TintypeError('too_many_circles')
    })
    return this.#own(owner_id, circle_id)
  }

  async rename(ownerId: UserId, id: CircleId, name: string): Promise<Circle> {
    if (!(await store.renameCircle(this.#deps.db.query, ownerId, id, name)))
      throw new TintypeError('not_found')
    return this.#own(ownerId, id)
  }

  async delete(owner_id: UserId, circle_id: CircleId): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await this.#lock(tx, owner_id, circle_id)
      const member_ids = await store.dropCircle(tx, owner_id, circle_id)
      await outbox.append(tx, [{ type: 'circle.deleted', payload: { circle_id, owner_id, member_ids } }])
    })
  }

  async members(
    ownerId: UserId,
    id: CircleId,
    query: { cursor?: string; limit?: number },
  ): Promise<Page<UserListEntry>> {
    await this.#own(ownerId, id)
    const kind = `circle.${id}`
    return fillPage<{ member_id: UserId; entry_id: string }, UserListEntry, string>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read: (before, limit) => store.pageEntries(this.#deps.db.query, id, { before, limit }),
      keyOf: (row) => row.entry_id,
      present: async (rows) => {
        const ids = rows.map((row) => row.member_id)
        const entries = await this.#deps.graph.listEntries(ownerId, ids)
        return ids.map((memberId) => entries.get(memberId))
      },
    })
  }

  /** Twice is once. Held against a block and against leaving: whoever comes second sees what the first has done. */
  async addMember(owner_id: UserId, circle_id: CircleId, username: string): Promise<UserListEntry> {
    const { db, clock, outbox, members, graph } = this.#deps
    await this.#own(owner_id, circle_id)
    const target = await graph.visibleMember(owner_id, username)
    const member_id = target.user_id
    const entry = { circle_id, owner_id, member_id }
    await db.tx(async (tx) => {
      await lockPairs(tx, [{ from: owner_id, to: member_id }])
      await this.#lock(tx, owner_id, circle_id)
      const isThere = (await members.holdPrivacy(tx, member_id)) !== undefined
      const owner = viewerOf(owner_id, await tiesBetween(tx, owner_id, [member_id]))
      if (!isThere || visibility(owner, target) === 'hidden') throw new TintypeError('not_found')
      if (!(await store.addEntry(tx, { ...entry, entry_id: newId(clock) }))) return
      if ((await store.countEntries(tx, circle_id)) > circleLimits.members)
        throw new TintypeError('circle_full')
      await outbox.append(tx, [{ type: 'circle.member_added', payload: entry }])
    })
    const found = (await graph.listEntries(owner_id, [member_id])).get(member_id)
    if (!found) throw new TintypeError('not_found')
    return found
  }

  async removeMember(owner_id: UserId, circle_id: CircleId, username: string): Promise<void> {
    const { db, outbox, graph } = this.#deps
    await this.#own(owner_id, circle_id)
    const { user_id: member_id } = await graph.visibleMember(owner_id, username)
    await db.tx((tx) => leaveCircles(tx, outbox, { owner_id, member_id, circle_id }))
  }

  /** Rejects unless all of these are theirs. */
  async assertOwn(ownerId: UserId, ids: readonly CircleId[]): Promise<void> {
    if (ids.length === 0) return
    const own = new Set((await this.list(ownerId)).map((circle) => circle.circle_id))
    if (!ids.every((id) => own.has(id))) throw new TintypeError('circle_not_found')
  }

  /** Who is in one of them. */
  membersOf(ids: readonly CircleId[]): Promise<UserId[]> {
    return store.membersOf(this.#deps.db.query, ids)
  }

  /** All that a member made, and their places in others'. */
  async erase(member: UserId, signal?: AbortSignal): Promise<void> {
    const { db, outbox } = this.#deps
    for (const { circle_id } of await this.list(member)) await this.delete(member, circle_id)
    for (;;) {
      const owners = await store.ownersOver(db.query, member, CHUNK)
      if (owners.length === 0) return
      for (const owner_id of owners) {
        signal?.throwIfAborted()
        await db.tx((tx) => leaveCircles(tx, outbox, { owner_id, member_id: member }))
      }
    }
  }

  async #own(ownerId: UserId, id: CircleId): Promise<Circle> {
    const circle = (await this.list(ownerId)).find((one) => one.circle_id === id)
    if (!circle) throw new TintypeError('not_found')
    return circle
  }

  async #lock(tx: Tx, ownerId: UserId, id: CircleId): Promise<void> {
    if (!(await store.lockCircle(tx, ownerId, id))) throw new TintypeError('not_found')
  }
}
