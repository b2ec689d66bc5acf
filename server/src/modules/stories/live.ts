import type { StoryId, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { tellMember, tellMembers } from '../../kit/member-channel.ts'
import type { Circles } from '../graph/api.ts'
import { pageList, withoutListed } from './list-store.ts'
import { isActive } from './policy.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryRecord } from './store.ts'

export interface LiveDeps {
  db: Db
  clock: Clock
  broadcast: Pick<Broadcast, 'publish'>
  circles: Pick<Circles, 'membersOf'>
  reader: Pick<StoriesReader, 'records'>
  graph: {
    followersAfter(userId: UserId, after: UserId | null, limit: number): Promise<UserId[]>
    followingAmong(userId: UserId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>>
    mutersAmong(mutedId: UserId, ids: readonly UserId[]): Promise<UserId[]>
  }
  feed: {
    /** Those who look at their feeds now. */
    present(ids: readonly UserId[]): Promise<UserId[]>
  }
}

const CHUNK = 1000
/** Followers looked at; whose author has more see the story when they look next, as with posts. */
const MOST = 10_000

/** What open apps are told of stories. Each message is a hint what to fetch: what may be seen is judged then. */
export class StoriesLive {
  readonly #deps: LiveDeps

  constructor(deps: LiveDeps) {
    this.#deps = deps
  }

  /** The author that it is done; followers who are here, and may see it, that it is there. */
  async published(id: StoryId): Promise<void> {
    const story = (await this.#deps.reader.records([id])).get(id)
    if (!story) return
    // One that was brought along is over: nobody is told.
    if (!isActive(id, this.#deps.clock.now())) return
    await this.status(story, 'published')
    for await (const some of this.#audience(story)) {
      const hearers = await this.#whoWants(story, some)
      const message = { type: 'stories.published' as const, data: { user_id: story.author_id } }
      if (hearers.length > 0) await tellMembers(this.#deps.broadcast, hearers, message).catch(() => {})
    }
  }

  async status(
    story: { story_id: StoryId; author_id: UserId },
    status: 'published' | 'failed',
  ): Promise<void> {
    const message = { type: 'story.status' as const, data: { story_id: story.story_id, status } }
    await tellMember(this.#deps.broadcast, story.author_id, message).catch(() => {})
  }

  /** Viewers' other devices, and authors; those of one story together. */
  async viewed(events: readonly Event<'story.viewed'>[]): Promise<void> {
    const { broadcast } = this.#deps
    const byStory = Map.groupBy(events, ({ payload }) => payload.story_id)
    for (const [story_id, views] of byStory) {
      const user_id = views[0]?.payload.author_id as UserId
      const viewers = [...new Set(views.map(({ payload }) => payload.user_id))]
      const seen = { type: 'stories.seen' as const, data: { story_id, user_id } }
      await tellMembers(broadcast, viewers, seen).catch(() => {})
      await tellMember(broadcast, user_id, { type: 'story.viewed', data: { story_id } }).catch(() => {})
    }
  }

  async *#audience({ author_id, audience, circles }: StoryRecord): AsyncGenerator<UserId[]> {
    const { db, graph } = this.#deps
    if (circles.length > 0) return yield await this.#deps.circles.membersOf(circles)
    if (audience === 'close_friends') {
      const page = { before: undefined, limit: CHUNK }
      yield (await pageList(db.query, author_id, 'close_friends', page)).map((row) => row.member_id)
      return
    }
    for (let after: UserId | null = null, found = 0; found < MOST; found += CHUNK) {
      const some: UserId[] = await graph.followersAfter(author_id, after, CHUNK)
      yield some
      after = some.at(-1) ?? null
      if (some.length < CHUNK) return
    }
  }

  /** Who is here, follows, has not muted the author, and is not one whom stories are hidden from. */
  async #whoWants({ author_id, audience, circles }: StoryRecord, ids: readonly UserId[]): Promise<UserId[]> {
    const { db, graph, feed } = this.#deps
    const present = ids.length === 0 ? [] : await feed.present(ids)
    if (present.length === 0) return []
    const [muters, left] = await Promise.all([
      graph.mutersAmong(author_id, present),
      withoutListed(db.query, author_id, present),
    ])
    const muted = new Set(muters)
    const hearers = left.filter((id) => !muted.has(id))
    if (audience === 'followers' && circles.length === 0) return hearers
    const follows = await Promise.all(hearers.map((id) => graph.followingAmong(id, [author_id])))
    return hearers.filter((_, at) => follows[at]?.has(author_id))
  }
}
