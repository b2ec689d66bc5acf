import type { UserId, UserListEntry } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Graph } from '../graph/api.ts'
import { newestMembers } from './store.ts'

export interface SuggestionDeps {
  db: Db
  graph: Pick<Graph, 'following' | 'listEntries' | 'followerCounts'>
}

/** Of whom the viewer follows, so many are asked whom they follow. */
const ASKED = 30
const NEWEST = 100

/**
 * Members the viewer may want to follow: first those whom most of the followed follow, then those with most followers among
 * the newest.
 */
export class Suggestions {
  readonly #deps: SuggestionDeps

  constructor(deps: SuggestionDeps) {
    this.#deps = deps
  }

  async suggest(viewerId: UserId, limit: number): Promise<UserListEntry[]> {
    const { graph } = this.#deps
    const followed = await graph.following(viewerId)
    const [ties, newest] = await Promise.all([
      Promise.all(sample(followed, ASKED).map((id) => graph.following(id))),
      newestMembers(this.#deps.db.query, NEWEST),
    ])
    const known = new Set([viewerId, ...followed])
    const shared = new Map<UserId, number>()
    for (const id of ties.flat()) if (!known.has(id)) shared.set(id, (shared.get(id) ?? 0) + 1)
    const close = [...shared].sort((a, b) => b[1] - a[1]).map(([id]) => id)
    const candidates = [...new Set([...close.slice(0, NEWEST), ...newest])].filter((id) => !known.has(id))
    const [entries, counts] = await Promise.all([
      graph.listEntries(viewerId, candidates),
      graph.followerCounts(candidates),
    ])
    const rank = (id: UserId) => (shared.get(id) ?? 0) * 1e9 + (counts.get(id)?.followers_count ?? 0)
    return candidates
      .map((id) => entries.get(id))
      .filter((entry) => entry !== undefined)
      .filter(({ viewer }) => !viewer?.following && !viewer?.requested && !viewer?.muting)
      .sort((a, b) => rank(b.user_id) - rank(a.user_id))
      .slice(0, limit)
  }
}

/** Evenly spread over the list, so that old and new follows both have a say; always the same for the same list. */
function sample<T>(list: readonly T[], size: number): T[] {
  if (list.length <= size) return [...list]
  const step = list.length / size
  return Array.from({ length: size }, (_, i) => list[Math.floor(i * step)] as T)
}
