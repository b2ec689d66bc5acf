import {
  type AuthorStories,
  type Body,
  type Highlight,
  type Page,
  type Reply,
  type Routes,
  type Story,
  type StoryId,
  TintypeError,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import type { Account, Judges } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { Highlights } from './highlights.ts'
import { isKept } from './policy.ts'
import type { Posting } from './posting.ts'
import type { StoriesReader } from './reader.ts'
import type { Relations } from './relations.ts'
import { readSettings, saveSettings } from './settings-store.ts'
import type { StoryShow } from './show.ts'
import * as store from './store.ts'

export interface StoriesDeps {
  db: Db
  clock: Clock
  reader: StoriesReader
  relations: Relations
  posting: Pick<Posting, 'post' | 'delete'>
  highlights: Pick<Highlights, 'of'>
  show: StoryShow
  members: { byUsername(username: string): Promise<Account | undefined> }
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  graph: Judges
}

/** Stories as they are posted and read. */
export class StoriesService {
  readonly #deps: StoriesDeps

  constructor(deps: StoriesDeps) {
    this.#deps = deps
  }

  async create(
    authorId: UserId,
    body: Body<Routes['stories']['create']>,
    reservedId?: string,
  ): Promise<Story> {
    return this.#one(authorId, await this.#deps.posting.post(authorId, body, reservedId))
  }

  async get(viewerId: UserId, id: StoryId): Promise<Story> {
    return this.#one(viewerId, await this.#deps.reader.findVisible(viewerId, id))
  }

  async #one(viewerId: UserId, story: store.StoryRecord): Promise<Story> {
    const [shown] = await this.#deps.show.show(viewerId, [story])
    if (!shown) throw new TintypeError('not_found')
    return shown
  }

  delete(authorId: UserId, id: StoryId): Promise<void> {
    return this.#deps.posting.delete(authorId, id)
  }

  /** Of the last 24 hours, oldest first. */
  async ofAuthor(viewerId: UserId, username: string): Promise<AuthorStories> {
    const { reader, relations, people } = this.#deps
    const author = await this.#open(viewerId, username)
    const [ids, muted, summaries] = await Promise.all([
      reader.activeFor(viewerId, author),
      relations.hasMuted(viewerId, author.user_id),
      people.summaries([author.user_id]),
    ])
    const user = summaries.get(author.user_id)
    if (!user) throw new TintypeError('not_found')
    return { user, muted, stories: await this.#shown(viewerId, ids) }
  }

  async highlightsOf(viewerId: UserId, username: string): Promise<Highlight[]> {
    const { user_id } = await this.#open(viewerId, username)
    return this.#deps.highlights.of(viewerId, user_id)
  }

  /** Rejects with `not_found` unless the viewer sees what the member posts. */
  async #open(viewerId: UserId, username: string): Promise<Account> {
    const { members, graph } = this.#deps
    const member = await members.byUsername(username)
    const see = member && (await graph.judge(viewerId, [member.user_id]))
    if (!member || see?.(member.user_id) !== 'full') throw new TintypeError('not_found')
    return member
  }

  /** Judged once more: one may have gone since the list was read. */
  async #shown(viewerId: UserId, ids: readonly StoryId[]): Promise<Story[]> {
    const visible = await this.#deps.reader.visible(viewerId, ids)
    return this.#deps.show.show(
      viewerId,
      ids.flatMap((id) => visible.get(id) ?? []),
    )
  }

  /** The author's own, newest first: what is active, and what the archive keeps. */
  async archive(
    authorId: UserId,
    query: { cursor?: string; limit?: number; on_this_day?: boolean; time_zone?: string },
  ): Promise<Page<Story>> {
    const { db, reader, show, clock } = this.#deps
    const zone = zoneOf(query.time_zone)
    const now = clock.now()
    return fillPage<StoryId, Story, StoryId>({
      kind: 'stories.archive',
      limit: query.limit ?? 20,
      after: idCursor('stories.archive', query.cursor),
      read: (before, limit) =>
        query.on_this_day
          ? store.storiesOnThisDay(db.query, authorId, { before, limit, now: new Date(now), zone })
          : store.storiesOf(db.query, authorId, { before, limit }),
      keyOf: (id) => id,
      present: async (ids) => {
        const records = await reader.records(ids)
        const kept = ids.flatMap((id) => {
          const story = records.get(id)
          return story?.status === 'published' && isKept(story, now) ? [story] : []
        })
        const shown = new Map((await show.show(authorId, kept)).map((story) => [story.story_id, story]))
        return ids.map((id) => shown.get(id))
      },
    })
  }

  settings(userId: UserId): Promise<Reply<Routes['stories']['settings']>> {
    return readSettings(this.#deps.db.query, userId)
  }

  async changeSettings(
    userId: UserId,
    settings: Body<Routes['stories']['changeSettings']>,
  ): Promise<Reply<Routes['stories']['settings']>> {
    await saveSettings(this.#deps.db.query, userId, settings)
    return settings
  }
}

/** A zone that is known here is known to PostgreSQL. */
function zoneOf(name = 'UTC'): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch (cause) {
    const fields = { time_zone: 'There is no such time zone.' }
    throw new TintypeError('validation_failed', { details: { fields }, cause })
  }
}
