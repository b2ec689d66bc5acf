import {
  limits,
  type Page,
  type StoryList,
  TintypeError,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { Graph } from '../graph/api.ts'
import * as store from './list-store.ts'

export interface ListDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  graph: Pick<Graph, 'listEntries' | 'visibleMember'>
}

/** Close friends, whom stories are hidden from, whose are muted. Nobody is told that they are in a list. */
export class Lists {
  readonly #deps: ListDeps

  constructor(deps: ListDeps) {
    this.#deps = deps
  }

  async add(ownerId: UserId, list: StoryList, username: string) {
    const { db, clock, graph } = this.#deps
    const { user_id: member_id } = await graph.visibleMember(ownerId, username)
    const entry = { owner_id: ownerId, list, member_id }
    await db.tx(async (tx) => {
      await store.lockLists(tx, ownerId)
      if (!(await store.addToList(tx, { ...entry, entry_id: newId<string>(clock) }))) return
      if ((await store.countListed(tx, ownerId, list)) > limits.storyList)
        throw new TintypeError('story_list_full')
      await this.#tell(tx, entry, true)
    })
    return { user_id: member_id, listed: true }
  }

  async remove(ownerId: UserId, list: StoryList, username: string) {
    const { user_id: member_id } = await this.#deps.graph.visibleMember(ownerId, username)
    await this.removeEntry({ owner_id: ownerId, list, member_id })
    return { user_id: member_id, listed: false }
  }

  async removeEntry(entry: store.ListEntry): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      await store.lockLists(tx, entry.owner_id)
      if (await store.removeFromList(tx, entry)) await this.#tell(tx, entry, false)
    })
  }

  /** Last added first. */
  async page(
    ownerId: UserId,
    list: StoryList,
    query: { cursor?: string; limit?: number },
  ): Promise<Page<UserListEntry>> {
    const kind = `stories.${list}`
    return fillPage<store.ListRow, UserListEntry, string>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read: (before, limit) => store.pageList(this.#deps.db.query, ownerId, list, { before, limit }),
      keyOf: (row) => row.entry_id,
      present: async (rows) => {
        const ids = rows.map((row) => row.member_id)
        const entries = await this.#deps.graph.listEntries(ownerId, ids)
        return ids.map((id) => entries.get(id))
      },
    })
  }

  #tell(tx: Parameters<Outbox['append']>[0], entry: store.ListEntry, listed: boolean): Promise<void> {
    const payload = { ...entry, listed }
    return this.#deps.outbox.append(tx, [{ type: 'stories.list_changed', payload }])
  }
}
