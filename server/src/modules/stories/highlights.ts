import {
  type Body,
  type Highlight,
  type HighlightId,
  limits,
  type Media,
  type Routes,
  type StoryId,
  TintypeError,
  type UserId,
  type UserSummary,
  type WholeHighlight,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { HighlightRow } from './highlight-store.ts'
import * as store from './highlight-store.ts'
import { isKept } from './policy.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryShow } from './show.ts'
import { changeHighlights, lockAuthor, lockStories, type StoryRecord } from './store.ts'

export interface HighlightDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  reader: StoriesReader
  show: StoryShow
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
}

/** Stories kept on a profile beyond their day, for those who may see them at that moment. */
export class Highlights {
  readonly #deps: HighlightDeps

  constructor(deps: HighlightDeps) {
    this.#deps = deps
  }

  async create(
    userId: UserId,
    body: Body<Routes['highlights']['create']>,
    reservedId?: string,
  ): Promise<WholeHighlight> {
    const { db, outbox, clock } = this.#deps
    const { title, story_ids } = body
    const highlight_id = (reservedId as HighlightId | undefined) ?? newId<HighlightId>(clock)
    const cover_story_id = coverOf(story_ids, body.cover_story_id)
    const row = { highlight_id, user_id: userId, title, cover_story_id, story_ids }
    await db.tx(async (tx) => {
      await lockAuthor(tx, userId)
      const others = await store.highlightsOf(tx, userId)
      // An attempt before this one made it, and its answer was lost.
      if (others.some((other) => other.highlight_id === highlight_id)) return
      if (others.length >= limits.highlights) throw new TintypeError('too_many_highlights')
      await this.#keep(tx, userId, story_ids)
      await store.insertHighlight(tx, row)
      await outbox.append(tx, [
        { type: 'highlight.changed', payload: { highlight_id, user_id: userId, story_ids } },
      ])
    })
    return this.get(userId, highlight_id)
  }

  async edit(
    userId: UserId,
    id: HighlightId,
    body: Body<Routes['highlights']['edit']>,
  ): Promise<WholeHighlight> {
    const { db, outbox } = this.#deps
    await this.#own(userId, id)
    await db.tx(async (tx) => {
      await lockAuthor(tx, userId)
      const before = (await store.highlightsOf(tx, userId)).find((row) => row.highlight_id === id)
      if (!before) throw new TintypeError('not_found')
      const story_ids = body.story_ids ?? before.story_ids
      const kept = story_ids.includes(before.cover_story_id) ? before.cover_story_id : undefined
      const cover_story_id = coverOf(story_ids, body.cover_story_id ?? kept)
      const added = story_ids.filter((storyId) => !before.story_ids.includes(storyId))
      const gone = before.story_ids.filter((storyId) => !story_ids.includes(storyId))
      await this.#keep(tx, userId, added)
      await changeHighlights(tx, gone, -1)
      await store.updateHighlight(tx, {
        ...before,
        title: body.title ?? before.title,
        story_ids,
        cover_story_id,
      })
      const payload = { highlight_id: id, user_id: userId, story_ids: [...added, ...gone] }
      await outbox.append(tx, [{ type: 'highlight.changed', payload }])
    })
    return this.get(userId, id)
  }

  async delete(userId: UserId, id: HighlightId): Promise<void> {
    const { db, outbox } = this.#deps
    await this.#own(userId, id)
    await db.tx(async (tx) => {
      await lockAuthor(tx, userId)
      const row = (await store.highlightsOf(tx, userId)).find((other) => other.highlight_id === id)
      if (!row) throw new TintypeError('not_found')
      await changeHighlights(tx, row.story_ids, -1)
      await store.deleteHighlight(tx, row)
      const payload = { highlight_id: id, user_id: userId, story_ids: row.story_ids }
      await outbox.append(tx, [{ type: 'highlight.changed', payload }])
    })
  }

  /** Those of which the viewer sees a story; whether they see the member is asked before. */
  async of(viewerId: UserId, userId: UserId): Promise<Highlight[]> {
    const rows = await this.#deps.reader.highlightsOf(userId)
    const seen = await this.#seen(viewerId, rows)
    const covers = await this.#covers(viewerId, rows, seen)
    return rows.flatMap((row) => {
      const stories = storiesIn(row, seen)
      return stories.length === 0 ? [] : [headOf(row, stories, covers)]
    })
  }

  /** Rejects with `not_found` where the viewer sees none of its stories. */
  async get(viewerId: UserId, id: HighlightId): Promise<WholeHighlight> {
    const { reader, people, show } = this.#deps
    const row = await reader.highlight(id)
    const seen = await this.#seen(viewerId, row ? [row] : [])
    const stories = row ? storiesIn(row, seen) : []
    if (!row || stories.length === 0) throw new TintypeError('not_found')
    const [covers, summaries, shown] = await Promise.all([
      this.#covers(viewerId, [row], seen),
      people.summaries([row.user_id]),
      show.show(viewerId, stories),
    ])
    const user = summaries.get(row.user_id)
    if (!user) throw new TintypeError('not_found')
    const { cover_story_id } = row
    const cover = seen.has(cover_story_id) ? cover_story_id : (stories[0] as StoryRecord).story_id
    return { ...headOf(row, stories, covers), user, cover_story_id: cover, stories: shown }
  }

  /** Another's answers like one that is not there. */
  async #own(userId: UserId, id: HighlightId): Promise<HighlightRow> {
    const row = await this.#deps.reader.highlight(id)
    if (row?.user_id !== userId) throw new TintypeError('not_found')
    return row
  }

  /** From now on one more highlight holds these; rejects with `not_found` unless the member has them all. */
  async #keep(tx: Tx, userId: UserId, ids: readonly StoryId[]): Promise<void> {
    const now = this.#deps.clock.now()
    const stories = await lockStories(tx, ids)
    const theirs = stories.filter(
      (story) => story.author_id === userId && story.status === 'published' && isKept(story, now),
    )
    if (theirs.length < ids.length) throw new TintypeError('not_found')
    await changeHighlights(tx, ids, 1)
  }

  #seen(viewerId: UserId, rows: readonly HighlightRow[]): Promise<Map<StoryId, StoryRecord>> {
    return this.#deps.reader.visible(viewerId, [...new Set(rows.flatMap((row) => row.story_ids))])
  }

  #covers(
    viewerId: UserId,
    rows: readonly HighlightRow[],
    seen: ReadonlyMap<StoryId, StoryRecord>,
  ): Promise<Map<StoryId, Media>> {
    return this.#deps.show.pictures(
      viewerId,
      rows.flatMap((row) => coverIn(row, seen) ?? []),
    )
  }
}

type Seen = ReadonlyMap<StoryId, StoryRecord>

const storiesIn = (row: HighlightRow, seen: Seen): StoryRecord[] =>
  row.story_ids.flatMap((id) => seen.get(id) ?? [])

const coverIn = (row: HighlightRow, seen: Seen): StoryRecord | undefined =>
  seen.get(row.cover_story_id) ?? storiesIn(row, seen)[0]

const headOf = (
  { highlight_id, title, cover_story_id }: HighlightRow,
  stories: readonly StoryRecord[],
  covers: ReadonlyMap<StoryId, Media>,
): Highlight => ({
  highlight_id,
  title,
  cover: covers.get(cover_story_id) ?? covers.get(stories[0]?.story_id as StoryId) ?? null,
  stories_count: stories.length,
})

/** The first unless another one is given. */
function coverOf(ids: readonly StoryId[], wanted: StoryId | undefined): StoryId {
  const cover = wanted ?? ids[0]
  if (!cover || !ids.includes(cover)) throw new TintypeError('not_found')
  return cover
}
