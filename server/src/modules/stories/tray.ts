import {
  type Page,
  type StoryId,
  TintypeError,
  type TrayEntry,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import { decodeCursor, encodeCursor } from '../../kit/cursor.ts'
import { isFor, postedAt } from './policy.ts'
import { type StoriesReader, statusOf } from './reader.ts'
import type { Relations, StoryViewer } from './relations.ts'
import type { SeenStories } from './seen.ts'
import type { StoryEntry } from './store.ts'

export interface TrayDeps {
  clock: Clock
  reader: Pick<StoriesReader, 'activeOf'>
  relations: Relations
  seen: SeenStories
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  feed: {
    /** How much a member cares for authors; each one asked has an answer. */
    affinities(userId: UserId, authorIds: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, number>>
  }
}

/** An author with what the order goes by, from its beginning: first those with a higher one of each in turn. */
interface Ranked {
  user: UserSummary
  stories: readonly StoryEntry[]
  unseen: readonly StoryEntry[]
  key: Key
}
type Key = readonly [own: number, isUnseen: number, affinity: number, latest: StoryId]
const KIND = 'stories.tray'

/** The row of authors above the home feed. */
export class Tray {
  readonly #deps: TrayDeps
  /** Whose stories may come up, as long as whom somebody follows and mutes is the same. */
  readonly #authors = new WeakMap<StoryViewer, readonly UserId[]>()

  constructor(deps: TrayDeps) {
    this.#deps = deps
  }

  /**
   * One's own, then those with unseen stories, then whom one cares for most, then the newest. What is seen between two pages can move an
   * author from one to the other.
   */
  async page(viewerId: UserId, query: { cursor?: string; limit?: number }): Promise<Page<TrayEntry>> {
    const { limit = 20 } = query
    const after = query.cursor === undefined ? undefined : keyOf(query.cursor)
    const viewer = await this.#deps.relations.viewer(viewerId)
    const ranked = (await this.#rank(viewerId, viewer)).toSorted((a, b) => compare(a.key, b.key))
    const rest = after ? ranked.filter(({ key }) => compare(key, after) > 0) : ranked
    const last = rest.length > limit ? rest[limit - 1] : undefined
    return {
      items: rest.slice(0, limit).map((author) => entryOf(author, viewerId)),
      next_cursor: last ? encodeCursor(KIND, last.key) : null,
    }
  }

  async #rank(viewerId: UserId, viewer: StoryViewer): Promise<Ranked[]> {
    const { reader, seen, people, feed } = this.#deps
    const authors = this.#authorsFor(viewerId, viewer)
    const lists = await reader.activeOf(authors)
    const active = new Map<UserId, readonly StoryEntry[]>()
    for (const [at, id] of authors.entries()) {
      const list = lists[at]
      if (list && list.length > 0) active.set(id, list)
    }
    if (active.size === 0) return []
    const ids = [...active.keys()]
    const [summaries, seenIds, affinities] = await Promise.all([
      people.summaries(ids),
      seen.of(viewerId),
      feed.affinities(viewerId, new Set(ids)),
    ])
    return ids.flatMap((id): Ranked[] => {
      const user = summaries.get(id)
      const stories = (active.get(id) ?? []).filter(
        (entry) => entry.published && isFor(viewer, user, { ...entry, status: statusOf(entry) }),
      )
      const latest = stories.at(-1)
      if (!user || !latest) return []
      const isOwn = id === viewerId
      const unseen = isOwn ? [] : stories.filter((entry) => !seenIds.has(entry.story_id))
      const key: Key = [isOwn ? 1 : 0, unseen.length > 0 ? 1 : 0, affinities.get(id) ?? 0, latest.story_id]
      return [{ user, stories, unseen, key }]
    })
  }

  #authorsFor(viewerId: UserId, viewer: StoryViewer): readonly UserId[] {
    const known = this.#authors.get(viewer)
    if (known) return known
    const authors = [viewerId, ...viewer.following].filter((id) => !viewer.muted.has(id))
    this.#authors.set(viewer, authors)
    return authors
  }
}

function entryOf({ user, stories, unseen }: Ranked, viewerId: UserId): TrayEntry {
  const shown = unseen.length > 0 ? unseen : stories
  return {
    user,
    stories_count: stories.length,
    unseen_count: unseen.length,
    latest_at: new Date(postedAt(stories.at(-1)?.story_id as StoryId)).toISOString(),
    close_friends: shown.some(({ audience }) => audience === 'close_friends'),
    is_self: user.user_id === viewerId,
  }
}

function compare(a: Key, b: Key): number {
  for (const at of [0, 1, 2] as const) if (a[at] !== b[at]) return b[at] - a[at]
  return a[3] === b[3] ? 0 : a[3] < b[3] ? 1 : -1
}

function keyOf(cursor: string): Key {
  const [own, isUnseen, affinity, latest, ...rest] = decodeCursor(KIND, cursor)
  if (
    typeof own !== 'number' ||
    typeof isUnseen !== 'number' ||
    typeof affinity !== 'number' ||
    typeof latest !== 'string' ||
    rest.length > 0
  )
    throw new TintypeError('bad_cursor')
  return [own, isUnseen, affinity, latest as StoryId]
}
