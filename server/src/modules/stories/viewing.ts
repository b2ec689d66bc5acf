import {
  type Page,
  type StoryId,
  type StoryView,
  TintypeError,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import { type Db, groupCommit } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor } from '../../kit/cursor.ts'
import { idTime, newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { StoriesReader } from './reader.ts'
import type { SeenStories } from './seen.ts'
import { holdStory, type StoryRecord } from './store.ts'
import * as store from './view-store.ts'

export interface ViewingDeps {
  db: Db
  outbox: Pick<Outbox, 'append' | 'act'>
  clock: Clock
  reader: Pick<StoriesReader, 'findVisible' | 'findOwn'>
  seen: SeenStories
  graph: {
    /** Absent: those who are gone, and those blocked either way. */
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
}

type View = { story_id: StoryId; author_id: UserId; user_id: UserId }

/** Who has seen a story, and how they reacted. Authors do not count. */
export class Viewing {
  readonly #deps: ViewingDeps
  readonly #add: (view: View) => Promise<void>

  constructor(deps: ViewingDeps) {
    this.#deps = deps
    const { db, outbox, clock } = deps
    this.#add = groupCommit<View, void>(100, async (views) => {
      const facts = views.map((payload) => ({ type: 'story.viewed' as const, payload }))
      const rows = views.map(({ story_id, user_id }) => ({
        story_id,
        viewer_id: user_id,
        view_id: newId<string>(clock),
      }))
      await outbox.act(db.query, store.addingViews(rows), facts)
      return views.map(() => undefined)
    })
  }

  /** Once per viewer, however often it is said. */
  async view(viewerId: UserId, id: StoryId): Promise<{ seen: boolean }> {
    const story = await this.#deps.reader.findVisible(viewerId, id)
    if (story.author_id !== viewerId) await this.#record(viewerId, story)
    return { seen: true }
  }

  async #record(user_id: UserId, { story_id, author_id }: StoryRecord): Promise<void> {
    await this.#add({ story_id, author_id, user_id })
    await this.#deps.seen.add(user_id, story_id)
  }

  /** Who reacts has seen it. */
  async react(viewerId: UserId, id: StoryId, emoji: string): Promise<{ reaction: string }> {
    const story = await this.#others(viewerId, id)
    await this.#record(viewerId, story)
    await this.#setReaction(viewerId, story, emoji)
    return { reaction: emoji }
  }

  async unreact(viewerId: UserId, id: StoryId): Promise<void> {
    await this.#setReaction(viewerId, await this.#others(viewerId, id), null)
  }

  async #others(viewerId: UserId, id: StoryId): Promise<StoryRecord> {
    const story = await this.#deps.reader.findVisible(viewerId, id)
    if (story.author_id === viewerId) throw new TintypeError('cannot_target_self')
    return story
  }

  async #setReaction(
    user_id: UserId,
    { story_id, author_id }: StoryRecord,
    reaction: string | null,
  ): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (!(await holdStory(tx, story_id))) throw new TintypeError('not_found')
      if (!(await store.setReaction(tx, story_id, user_id, reaction))) return
      const type = reaction === null ? 'story.unreacted' : 'story.reacted'
      await outbox.append(tx, [{ type, payload: { story_id, author_id, user_id } }])
    })
  }

  /** Last first; for the author alone. */
  async views(
    viewerId: UserId,
    id: StoryId,
    query: { cursor?: string; limit?: number },
  ): Promise<Page<StoryView>> {
    const { reader, db, graph } = this.#deps
    await reader.findOwn(viewerId, id)
    return fillPage<store.ViewRow, StoryView, string>({
      kind: 'stories.views',
      limit: query.limit ?? 20,
      after: idCursor('stories.views', query.cursor),
      read: (before, limit) => store.pageViews(db.query, id, { before, limit }),
      keyOf: (row) => row.view_id,
      present: async (rows) => {
        const members = await graph.listEntries(
          viewerId,
          rows.map((row) => row.viewer_id),
        )
        return rows.map(({ viewer_id, view_id, reaction }) => {
          const user = members.get(viewer_id)
          return user && { user, reaction, viewed_at: new Date(idTime(view_id)).toISOString() }
        })
      },
    })
  }
}
