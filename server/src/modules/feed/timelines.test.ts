import type { PostId, UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import { openPostgresTimelineStore } from '../../engines/timeline-store/postgres/timeline-store.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { FeedEntry } from './merge.ts'
import { Timelines } from './timelines.ts'

let db: TestDb
beforeAll(async () => {
  db = await openTestDb()
})
afterAll(() => db[Symbol.asyncDispose]())

const KEPT = 50
const HALF_HOUR = 31 * 60_000

/** One author, and whoever reads what they post. */
function scene() {
  const clock = new FakeClock(Date.now())
  const author_id = newId<UserId>()
  const posts: FeedEntry[] = []
  const timelineStore = openPostgresTimelineStore(db.db)
  const timelines = new Timelines({
    db: db.db,
    clock,
    timelineStore,
    cache: localCache({ clock }),
    posts: {
      tagPosts: async () => [],
      recentByAuthors: async (_authors, { before, limit }) =>
        posts.filter((post) => before === undefined || post.post_id < before).slice(0, limit),
    },
    graph: {
      following: async () => [author_id],
      relations: async (user_id) => ({ user_id, following: new Set([author_id]), circles: new Set() }),
    },
    reposts: { newestBy: async () => [] },
    celebrities: { all: async () => [] },
    kept: KEPT,
    inactiveAfter: 30 * 86_400,
    feedTtl: 300,
  })
  const publish = async (count: number, to: UserId) => {
    for (let i = 0; i < count; i++) {
      clock.advance(1000)
      posts.unshift({ post_id: newId<PostId>(clock), author_id })
    }
    await timelineStore.pushMany([to], posts.slice(0, count))
  }
  const kept = async (userId: UserId) => (await timelineStore.page(userId, { limit: 1000 })).length
  return { clock, timelines, posts, publish, kept }
}

test('a timeline that has grown too long is cut in the course of visits, and no reader sees it', async () => {
  const { clock, timelines, posts, publish, kept } = scene()
  const reader = newId<UserId>()
  await timelines.page(reader, { before: undefined, limit: 10 })
  await publish(3 * KEPT + 10, reader)
  for (let visit = 0; visit < 20; visit++) {
    clock.advance(HALF_HOUR)
    const before = posts[visit * 5]?.post_id
    const page = await timelines.page(reader, { before, limit: 20 })
    expect(page).toEqual(posts.slice(visit * 5 + 1, visit * 5 + 21))
  }
  expect(await kept(reader)).toBe(KEPT + 50)
  const last = posts[140]?.post_id
  expect(await timelines.page(reader, { before: last, limit: 50 })).toEqual(posts.slice(141, 191))
})

test('those who come at once are all noted', async () => {
  const { clock, timelines } = scene()
  const readers = Array.from({ length: 30 }, () => newId<UserId>())
  const visitAll = () =>
    Promise.all(readers.map((reader) => timelines.page(reader, { before: undefined, limit: 10 })))
  await visitAll()
  clock.advance(3 * HALF_HOUR)
  expect(await timelines.present(readers)).toEqual([])
  await visitAll()
  expect((await timelines.present(readers)).toSorted()).toEqual(readers.toSorted())
})
