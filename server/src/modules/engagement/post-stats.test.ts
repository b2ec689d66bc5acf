import type { PostId, UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import { FakeClock, systemClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { addingLikes } from './like-store.ts'
import { PostStats } from './post-stats.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb[Symbol.asyncDispose]())

const like = (user_id: UserId, post_id: PostId) =>
  notingOutbox().act(testDb.db.query, addingLikes([{ user_id, post_id, change_id: newId() }]), [])

test('what a viewer likes is right in every answer, while many are asked for at once', async () => {
  const postStats = new PostStats({
    db: testDb.db,
    cache: localCache(),
    clock: systemClock,
  })
  const viewer = newId<UserId>()
  const posts = Array.from({ length: 900 }, () => newId<PostId>())
  const liked = new Set(posts.filter((_, index) => index % 3 === 0))
  for (const post of liked) await like(viewer, post)
  // Pages that overlap, so that some of each are remembered and some are not while memory is emptied.
  const starts = Array.from({ length: 200 }, (_, n) => (n * 37) % 880)
  const ask = async (start: number) => {
    const page = posts.slice(start, start + 20)
    return [page, (await postStats.of(viewer, page)).states] as const
  }
  for (let round = 0; round < starts.length; round += 20) {
    await ask(0)
    const pages = await Promise.all([0, ...starts.slice(round, round + 20), 0, 10].map(ask))
    for (const [page, states] of pages)
      expect(states?.map((state) => state.liked)).toEqual(page.map((post) => liked.has(post)))
  }
})

test('a change is seen at once, also what had been remembered', async () => {
  const cache = localCache()
  const postStats = new PostStats({ db: testDb.db, cache, clock: systemClock })
  const viewer = newId<UserId>()
  const post = newId<PostId>()
  expect((await postStats.of(viewer, [post])).states?.[0]).toEqual({ liked: false, saved: false })
  await like(viewer, post)
  await cache.hear([{ type: 'post.liked', payload: { post_id: post, user_id: viewer, author_id: newId() } }])
  expect((await postStats.of(viewer, [post])).states?.[0]).toEqual({ liked: true, saved: false })
})

test('of posts made after the last change nothing is read, and a change on one is seen all the same', async () => {
  const clock = new FakeClock(Date.now())
  const cache = localCache({ clock })
  const postStats = new PostStats({ db: testDb.db, cache, clock })
  const viewer = newId<UserId>(clock)
  const earlier = newId<PostId>(clock)
  await postStats.of(viewer, [earlier])
  clock.advance(60_000)
  const post = newId<PostId>(clock)
  const stateOf = async () => (await postStats.of(viewer, [post])).states?.[0]
  // By a process that has not told of it yet: what is not read cannot be seen.
  await like(viewer, post)
  expect(await stateOf()).toEqual({ liked: false, saved: false })
  await cache.hear([{ type: 'post.liked', payload: { post_id: post, user_id: viewer, author_id: newId() } }])
  expect(await stateOf()).toEqual({ liked: true, saved: false })
})
