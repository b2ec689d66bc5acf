import { type Page, TintypeError, type UserId, type UserListEntry } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import { nameMatcher } from '../../text/names.ts'
import type { Members } from '../members/api.ts'
import type { GraphReader } from './reader.ts'
import * as store from './store.ts'

export interface ListQuery {
  cursor?: string
  limit?: number
  /** As members are searched: every word, the last by its beginning. */
  q?: string
}
interface ListDeps {
  db: Db
  reader: Pick<GraphReader, 'judge' | 'listEntries'>
  members: Pick<Members, 'byUsername'>
}
type Read = (before: string | undefined, limit: number) => Promise<store.EdgeRow[]>

/** Lists of members, newest edge first. Those who are hidden from the viewer are left out, the page is still full. */
export class GraphLists {
  readonly #deps: ListDeps

  constructor(deps: ListDeps) {
    this.#deps = deps
  }

  async followers(viewerId: UserId | null, username: string, query: ListQuery) {
    const owner = await this.#open(viewerId, username)
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.replica, 'follow', 'in', owner, { before, limit })
    return this.#page('followers', viewerId, query, read)
  }

  async following(viewerId: UserId | null, username: string, query: ListQuery) {
    const owner = await this.#open(viewerId, username)
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.replica, 'follow', 'out', owner, { before, limit })
    return this.#page('following', viewerId, query, read)
  }

  /** Followers of theirs whom the viewer follows. Walks the viewer's follows, of which there are fewer. */
  async mutual(viewerId: UserId, username: string, query: ListQuery) {
    const owner = await this.#open(viewerId, username)
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.query, 'follow', 'out', viewerId, { before, limit })
    return this.#page('mutual', viewerId, query, read, {
      chunk: 500,
      narrow: (ids) => store.followersAmong(this.#deps.db.query, owner, ids),
    })
  }

  async blocked(viewerId: UserId, query: ListQuery) {
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.query, 'block', 'out', viewerId, { before, limit })
    return this.#page('blocked', viewerId, query, read, { blocked: true })
  }

  async muted(viewerId: UserId, query: ListQuery) {
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.query, 'mute', 'out', viewerId, { before, limit })
    return this.#page('muted', viewerId, query, read)
  }

  async restricted(viewerId: UserId, query: ListQuery) {
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.query, 'restrict', 'out', viewerId, { before, limit })
    return this.#page('restricted', viewerId, query, read)
  }

  async requests(viewerId: UserId, query: ListQuery) {
    const read: Read = (before, limit) =>
      store.pageEdges(this.#deps.db.query, 'request', 'in', viewerId, { before, limit })
    return this.#page('requests', viewerId, query, read)
  }

  async #open(viewerId: UserId | null, username: string): Promise<UserId> {
    const owner = await this.#deps.members.byUsername(username)
    const see = owner && (await this.#deps.reader.judge(viewerId, [owner.user_id]))
    if (!owner || see?.(owner.user_id) !== 'full') throw new TintypeError('not_found')
    return owner.user_id
  }

  async #page(
    kind: string,
    viewerId: UserId | null,
    query: ListQuery,
    read: Read,
    options: { chunk?: number; blocked?: boolean; narrow?: (ids: UserId[]) => Promise<UserId[]> } = {},
  ): Promise<Page<UserListEntry>> {
    const matches = nameMatcher(query.q ?? '')
    return fillPage<store.EdgeRow, UserListEntry, string>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read,
      keyOf: (row) => row.edge_id,
      chunk: options.chunk ?? (query.q ? 500 : undefined),
      scan: 5000,
      present: async (rows) => {
        const ids = rows.map((row) => row.other_id)
        const kept = options.narrow ? await options.narrow(ids) : ids
        const entries = await this.#deps.reader.listEntries(viewerId, kept, { blocked: options.blocked })
        return ids.map((id) => {
          const entry = entries.get(id)
          return entry && matches(entry) ? entry : undefined
        })
      },
    })
  }
}
