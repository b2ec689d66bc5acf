import { TintypeError, type UserId, type UserListEntry } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { decodeCursor, encodeCursor } from '../../kit/cursor.ts'
import { wantedOf } from '../../text/names.ts'
import type { Graph } from '../graph/api.ts'
import type { Directory } from './directory.ts'
import { type Match, matching } from './search-store.ts'

export interface FindingDeps {
  db: Db
  directory: Directory
  graph: Pick<Graph, 'listEntries' | 'profileVisibility'>
}

/** Members by name, as the viewer may see them. */
export class Finding {
  readonly #deps: FindingDeps

  constructor(deps: FindingDeps) {
    this.#deps = deps
  }

  /** Members by the words of their name, each of which must match, the last by its beginning; who goes by it exactly first. */
  async find(viewerId: UserId, query: { q?: string; cursor?: string; limit?: number }) {
    const [first, ...others] = wantedOf(query.q ?? '')
    if (!first) return { items: [], next_cursor: null }
    const { limit = 20, cursor } = query
    const { graph } = this.#deps
    const exact = await this.#named(viewerId, query.q ?? '')
    const items: UserListEntry[] = exact && cursor === undefined ? [exact] : []
    let after = cursor === undefined ? undefined : matchOf(cursor)
    // Those the viewer may not see leave gaps, which are filled, so that a page is short only at the end.
    while (true) {
      const page = { after, limit: limit + 1 }
      const { rows: matches } = await matching([first, ...others], page).execute(this.#deps.db.query)
      const ids = matches.map(({ user_id }) => user_id).filter((id) => id !== exact?.user_id)
      const entries = await graph.listEntries(viewerId, ids)
      for (const match of matches) {
        const entry = entries.get(match.user_id)
        if (entry && items.length === limit) {
          const { term, user_id } = after ?? BEGINNING
          return { items, next_cursor: encodeCursor('find', [term, user_id]) }
        }
        if (entry) items.push(entry)
        after = match
      }
      if (matches.length <= limit) return { items, next_cursor: null }
    }
  }

  /** Who goes by just this username; also whom the viewer blocks, so that they can take it back. */
  async #named(viewerId: UserId, username: string): Promise<UserListEntry | undefined> {
    const { graph } = this.#deps
    const [user] = (await this.#deps.directory.byNames([username])).values()
    if (!user) return undefined
    const { user_id } = user
    if ((await graph.profileVisibility(viewerId, user_id)) === 'hidden') return undefined
    return (await graph.listEntries(viewerId, [user_id], { blocked: true })).get(user_id)
  }
}

/** Before every match. */
const BEGINNING: Match = { term: '', user_id: '00000000-0000-0000-0000-000000000000' as UserId }

function matchOf(cursor: string): Match {
  const [term, user_id] = decodeCursor('find', cursor)
  if (typeof term !== 'string' || typeof user_id !== 'string' || !/^[0-9a-f-]{36}$/.test(user_id))
    throw new TintypeError('bad_cursor')
  return { term, user_id: user_id as UserId }
}
