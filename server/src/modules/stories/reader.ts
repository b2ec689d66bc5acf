import { attachedTo, type HighlightId, type StoryId, TintypeError, type UserId } from '@tintype/contract'
import type { Account, Viewer } from '../../access/visibility.ts'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import type { HighlightRow } from './highlight-store.ts'
import * as highlightStore from './highlight-store.ts'
import { activeFrom, isActive, isFor, maySee } from './policy.ts'
import type { Relations } from './relations.ts'
import type { StoryEntry, StoryRecord } from './store.ts'
import * as store from './store.ts'

export interface ReaderDeps {
  db: Db
  cache: Cache
  clock: Clock
  relations: Relations
  members: { privacyFlags(ids: readonly UserId[]): Promise<Map<UserId, Account>> }
  /** Seconds a story stays cached. */
  storyTtl: number
}

/** Seconds; what an author has is forgotten when it changes, and what is over is left out by the clock. */
const ACTIVE_TTL = 86_400
/** Of stories that are not there: they are answered as fast as those the viewer may not see. */
const ABSENCE = { ttl: 60, most: 10_000 }
const NONE: readonly StoryEntry[] = []
/** Of stories that were made, changed or deleted. */
const STORY_NEWS = [
  on(['story.published', 'story.failed', 'story.removed', 'story.restored', 'story.deleted'], (e) => [
    e.story_id,
  ]),
  on(['highlight.changed'], (e) => e.story_ids),
  on(['media.uploaded'], (e) => {
    const { kind, id } = attachedTo(e)
    return kind === 'story' ? [id as StoryId] : []
  }),
]
const AUTHOR_NEWS = [
  on(['story.published', 'story.failed', 'story.removed', 'story.restored', 'story.deleted'], (e) => [
    e.author_id,
  ]),
  on(['media.uploaded'], (e) => (attachedTo(e).kind === 'story' ? [e.owner_id] : [])),
]

/** Stories by id and by author. What takes a viewer judges what they may see. */
export class StoriesReader {
  readonly #deps: ReaderDeps
  readonly #records: Entries<StoryId, StoryRecord>
  readonly #active: Entries<UserId, readonly StoryEntry[]>
  readonly #highlights: Entries<UserId, readonly HighlightRow[]>
  readonly #owners: Entries<HighlightId, UserId>

  constructor(deps: ReaderDeps) {
    this.#deps = deps
    const { cache, storyTtl: ttl } = deps
    this.#records = cache.entries('story', { ttl, absence: ABSENCE, forgets: STORY_NEWS })
    this.#active = cache.entries('active-stories', { ttl: ACTIVE_TTL, forgets: AUTHOR_NEWS })
    this.#highlights = cache.entries('highlights', {
      ttl,
      forgets: [on(['highlight.changed'], (e) => [e.user_id])],
    })
    this.#owners = cache.entries('highlight-owner', {
      ttl,
      absence: ABSENCE,
      forgets: [on(['highlight.changed'], (e) => [e.highlight_id])],
    })
  }

  /** By id, whoever asks, also those whose time is over; deleted ones are absent. */
  async records(ids: readonly StoryId[]): Promise<Map<StoryId, StoryRecord>> {
    if (ids.length === 0) return new Map()
    const { db } = this.#deps
    const found = await this.#records.throughMany(ids, async (missing) =>
      byField(await store.readStories(db.query, missing), 'story_id'),
    )
    return byField(found, 'story_id')
  }

  /** Those that the viewer (null: a visitor, who sees none) may see now. */
  async visible(viewerId: UserId | null, ids: readonly StoryId[]): Promise<Map<StoryId, StoryRecord>> {
    if (viewerId === null) return new Map()
    const stories = await this.records(ids)
    const { members, clock } = this.#deps
    const authors = [...new Set([...stories.values()].map((story) => story.author_id))]
    const [accounts, viewer] = await Promise.all([
      members.privacyFlags(authors),
      this.#viewer(viewerId, authors),
    ])
    const now = clock.now()
    for (const [id, story] of stories)
      if (!maySee(viewer, accounts.get(story.author_id), story, now)) stories.delete(id)
    return stories
  }

  #viewer(viewerId: UserId, authors: readonly UserId[]): Promise<Viewer> {
    const isAlone = authors.every((id) => id === viewerId)
    return this.#deps.relations.viewerOf(viewerId, isAlone)
  }

  /** Rejects with `not_found` where the viewer may not see it. */
  async findVisible(viewerId: UserId, id: StoryId): Promise<StoryRecord> {
    const story = (await this.visible(viewerId, [id])).get(id)
    if (!story) throw new TintypeError('not_found')
    return story
  }

  /** The same unless it is theirs. */
  async findOwn(authorId: UserId, id: StoryId): Promise<StoryRecord> {
    const story = await this.findVisible(authorId, id)
    if (story.author_id !== authorId) throw new TintypeError('not_found')
    return story
  }

  /** Stories of many authors that are active now, oldest first, in the order asked; no judgement of who may see which. */
  async activeOf(authorIds: readonly UserId[]): Promise<(readonly StoryEntry[])[]> {
    const { db, clock } = this.#deps
    const now = clock.now()
    const lists = await this.#active.throughMany(authorIds, async (missing) => {
      const found = await store.activeStories(db.query, missing, activeFrom(now))
      return new Map(missing.map((id) => [id, found.get(id) ?? NONE]))
    })
    return lists.map((list) => current(list ?? NONE, now))
  }

  /** Ids of an author's active stories that the viewer sees, oldest first; the author's own also in the making and failed. */
  async activeFor(viewerId: UserId, author: Account): Promise<StoryId[]> {
    const [[active = NONE], viewer] = await Promise.all([
      this.activeOf([author.user_id]),
      this.#viewer(viewerId, [author.user_id]),
    ])
    return active
      .filter((entry) => isFor(viewer, author, { ...entry, status: statusOf(entry) }))
      .map((entry) => entry.story_id)
  }

  /** A member's, last made first; what of them a viewer sees is another question. */
  highlightsOf(userId: UserId): Promise<readonly HighlightRow[]> {
    return this.#highlights.through(userId, () => highlightStore.highlightsOf(this.#deps.db.query, userId))
  }

  async highlight(id: HighlightId): Promise<HighlightRow | undefined> {
    const { query } = this.#deps.db
    const [owner] = await this.#owners.throughMany([id], async () => {
      const found = await highlightStore.ownerOf(query, id)
      return new Map(found ? [[id, found]] : [])
    })
    return owner && (await this.highlightsOf(owner)).find((row) => row.highlight_id === id)
  }
}

export const statusOf = ({ published }: StoryEntry) => (published ? 'published' : 'processing')

/** Most often the same array. */
function current(list: readonly StoryEntry[], now: number): readonly StoryEntry[] {
  const [oldest] = list
  return !oldest || isActive(oldest.story_id, now)
    ? list
    : list.filter((entry) => isActive(entry.story_id, now))
}
