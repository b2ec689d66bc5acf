import { feedLimits, TintypeError, type UserId, type UserListEntry } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import * as store from './choice-store.ts'

export interface FavouriteDeps {
  db: Db
  clock: Clock
  members: { byUsername(username: string): Promise<{ user_id: UserId } | undefined> }
  graph: Judges & {
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
}

/** Members whose posts one wants in a feed of their own; nobody is told. */
export class Favourites {
  readonly #deps: FavouriteDeps

  constructor(deps: FavouriteDeps) {
    this.#deps = deps
  }

  idsOf(userId: UserId): Promise<UserId[]> {
    return store.readFavourites(this.#deps.db.query, userId)
  }

  async list(viewerId: UserId): Promise<UserListEntry[]> {
    const ids = await this.idsOf(viewerId)
    const entries = await this.#deps.graph.listEntries(viewerId, ids)
    return ids.flatMap((id) => entries.get(id) ?? [])
  }

  async add(viewerId: UserId, username: string): Promise<{ favourite: true }> {
    const { db, clock } = this.#deps
    const favourite_id = await this.#member(viewerId, username)
    await db.tx(async (tx) => {
      await store.lockChoices(tx, viewerId)
      const count = await store.addFavourite(tx, { user_id: viewerId, favourite_id, added_id: newId(clock) })
      if (count > feedLimits.favourites) throw new TintypeError('too_many_favourites')
    })
    return { favourite: true }
  }

  async remove(viewerId: UserId, username: string): Promise<{ favourite: false }> {
    const favourite_id = await this.#member(viewerId, username)
    await store.removeFavourite(this.#deps.db.query, { user_id: viewerId, favourite_id })
    return { favourite: false }
  }

  async #member(viewerId: UserId, username: string): Promise<UserId> {
    const { members, graph } = this.#deps
    const member = await members.byUsername(username)
    if (!member) throw new TintypeError('not_found')
    const { user_id } = member
    if (user_id === viewerId) throw new TintypeError('cannot_target_self')
    if ((await graph.judge(viewerId, [user_id]))(user_id) === 'hidden') throw new TintypeError('not_found')
    return user_id
  }
}
