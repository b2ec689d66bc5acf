import {
  type NamedHit,
  type NewRecent,
  normalizeTag,
  type RecentId,
  type RecentSearch,
  searchLimits,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import type { SearchDeps } from './deps.ts'
import { isPlace, type Kind, kinds, nameOfLabel, tagLabel } from './documents.ts'
import * as store from './recent-store.ts'
import { keyOf, type Search } from './search.ts'

interface RecentsDeps extends Pick<SearchDeps, 'db' | 'clock' | 'members'> {
  search: Pick<Search, 'named'>
}
type Kept = Omit<store.RecentRow, 'recent_id'>

/** What a member searched for, for nobody but them. */
export class Recents {
  readonly #deps: RecentsDeps

  constructor(deps: RecentsDeps) {
    this.#deps = deps
  }

  /** What is not there for them any more is left out. */
  async list(userId: UserId): Promise<RecentSearch[]> {
    const rows = await store.recentsOf(this.#deps.db.query, userId)
    const hits = await this.#deps.search.named(
      userId,
      rows.flatMap((row) => refOf(row) ?? []),
    )
    return rows.flatMap((row): RecentSearch[] => {
      const { recent_id } = row
      if (row.kind === 'text') return [{ recent_id, q: row.value, hit: null }]
      const hit = hits.get(hitKey(row))
      return hit ? [{ recent_id, q: null, hit }] : []
    })
  }

  /** Rejects with `not_found` where it is not there for them. */
  async add(userId: UserId, recent: NewRecent): Promise<void> {
    const { db, clock, search } = this.#deps
    const kept = await this.#keptOf(recent)
    const ref = kept && refOf(kept)
    const isThere = kept && (!ref || (await search.named(userId, [ref])).has(hitKey(kept)))
    if (!kept || !isThere) throw new TintypeError('not_found')
    const row = { ...kept, recent_id: newId<RecentId>(clock) }
    await db.tx((tx) => store.addRecent(tx, userId, row, searchLimits.recents))
  }

  /** Rejects with `not_found` unless it is one of theirs. */
  async remove(userId: UserId, id: RecentId): Promise<void> {
    if (!(await store.removeRecents(this.#deps.db.query, userId, id))) throw new TintypeError('not_found')
  }

  async clear(userId: UserId): Promise<void> {
    await store.removeRecents(this.#deps.db.query, userId)
  }

  async erase(userId: UserId): Promise<void> {
    await store.eraseRecents(this.#deps.db.query, userId)
  }

  async #keptOf(recent: NewRecent): Promise<Kept | undefined> {
    if ('q' in recent) {
      const value = recent.q.trim().replace(/\s+/gu, ' ')
      return value === '' ? undefined : { kind: 'text', value }
    }
    if ('tag' in recent) return { kind: 'label', value: tagLabel(normalizeTag(recent.tag)) }
    if ('place_id' in recent) return { kind: 'label', value: `@${recent.place_id}` }
    const member = await this.#deps.members.byUsername(recent.username)
    return member && { kind: 'user', value: member.user_id }
  }
}

function refOf({ kind, value }: Kept): { kind: Kind; id: string } | undefined {
  if (kind === 'text') return undefined
  if (kind === 'user') return { kind: kinds.users, id: value }
  return { kind: isPlace(value) ? kinds.places : kinds.hashtags, id: nameOfLabel(value) }
}

function hitKey({ kind, value }: Kept): string {
  const type: NamedHit['type'] = kind === 'user' ? 'user' : isPlace(value) ? 'place' : 'hashtag'
  return keyOf(type, kind === 'user' ? value : nameOfLabel(value))
}
