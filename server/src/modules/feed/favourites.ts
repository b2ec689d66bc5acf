import { feedLimits, TintypeError, type UserId, type UserListEntry } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Graph } from '../graph/api.ts'
import * as store from './choice-store.ts'

export interface FavouriteDeps {
  db: Db
  clock: Clock
  graph: Pick<Graph, 'listEntries' | 'visibleMember'>
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
    const { db, clock, graph } = this.#deps
    const { user_id: favourite_id } = await graph.visibleMember(viewerId, username)
    await db.tx(async (tx) => {
      await store.lockChoices(tx, viewerId)
      const count = await store.addFavourite(tx, { user_id: viewerId, favourite_id, added_id: newId(clock) })
      if (count > feedLimits.favourites) throw new TintypeError('too_many_favourites')
    })
    return { favourite: true }
  }

  async remove(viewerId: UserId, username: string): Promise<{ favourite: false }> {
    const { db, graph } = this.#deps
    const { user_id: favourite_id } = await graph.visibleMember(viewerId, username)
    await store.removeFavourite(db.query, { user_id: viewerId, favourite_id })
    return { favourite: false }
  }
}
