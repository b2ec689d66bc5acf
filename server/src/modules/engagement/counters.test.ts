import { join } from 'node:path'
import type { CommentId, PostId, UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { strangerOf } from '../../access/visibility.ts'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import { migrate } from '../../engines/db/postgres/migrate.ts'
import type { Event } from '../../engines/event-log/port.ts'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { FakeClock, systemClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { Comments } from './comments.ts'
import { engagementConsumers } from './consumers.ts'
import { commentCounters, postCounters } from './counter-store.ts'
import type { EngagementDeps } from './deps.ts'
import { Likes } from './likes.ts'
import { PostStats } from './post-stats.ts'
import { EngagementService } from './service.ts'
import { Threads } from './threads.ts'
import { EngagementUpkeep } from './upkeep.ts'

/**
 * The counters against the truth, with the facts told by hand: late, twice, in any order. Everybody may see
 * everything here; who may see what is shown over HTTP in routes.test.ts.
 */
const author = newId<UserId>()
const summary = (id: UserId) => ({
  user_id: id,
  username: id,
  full_name: '',
  profile_picture: null,
  is_private: false,
  is_verified: false,
})
const each = <T>(ids: readonly UserId[], value: (id: UserId) => T) =>
  new Map(ids.map((id) => [id, value(id)]))

const postOf = (post_id: PostId) => ({
  post_id,
  author_id: author,
  comments_from: 'everyone' as const,
  likes_hidden: false,
  facets: [],
})

function scene(testDb: TestDb) {
  const told: Event[] = []
  const cache = localCache()
  const note = (events: readonly NewEvent[]) => {
    for (const event of events) told.push({ ...event, id: newId(), key: '', at: 0, attempt: 1 } as Event)
  }
  const outbox = notingOutbox(note, { db: testDb.db, cache })
  const postStats = new PostStats({ db: testDb.db, cache, clock: systemClock })
  const deps: EngagementDeps = {
    db: testDb.db,
    cache,
    clock: new FakeClock(),
    outbox,
    posts: {
      findVisible: async (_, post_id) => postOf(post_id),
      visible: async (_, ids) => new Map(ids.map((id) => [id, postOf(id)])),
      records: async (ids) => new Map(ids.map((id) => [id, postOf(id)])),
      idsAfter: async () => [],
      authorOf: async (ids) => new Map(ids.map((id) => [id, author])),
    },
    people: { summaries: async (ids) => each(ids, summary) },
    texts: {
      resolve: async () => [],
      read: async (_, all) => all.map(({ text, facets }) => ({ text, facets })),
    },
    words: { holds: async () => false },
    spam: { holds: async () => undefined },
    postSettings: { of: async () => ({ filtered_words: [] }) },
    graph: {
      relations: async (id) => strangerOf(id),
      judge: async () => () => 'full',
      holdsBack: async () => false,
      followingAmong: async () => new Set(),
      listEntries: async (_, ids) => each(ids, (id) => ({ ...summary(id), viewer: null })),
    },
  }
  const likes = new Likes(deps)
  const threads = new Threads(deps)
  const comments = new Comments(deps, threads)
  const upkeep = new EngagementUpkeep({ ...deps, likes, comments, postStats })
  const [counting] = engagementConsumers(upkeep, { publish: async () => {} })
  if (!counting || !('handleBatch' in counting)) throw new Error('counters are kept in batches')
  const tell = (events: readonly Event[]) =>
    counting.handleBatch(
      events.filter((event) => counting.types.includes(event.type)),
      new AbortController().signal,
    )
  return {
    deps,
    likes,
    threads,
    comments,
    upkeep,
    service: new EngagementService({ ...deps, postStats, likes }),
    told,
    tell,
  }
}

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb[Symbol.asyncDispose]())

async function truth(postId: PostId) {
  const { rows } = await sql<{ likes_count: number; comments_count: number }>`
    select (select count(*) from likes where post_id = ${postId})::int as likes_count,
           (select count(*) from comments where post_id = ${postId})::int as comments_count`.execute(
    testDb.db.query,
  )
  return rows[0]
}

const members = Array.from({ length: 4 }, () => newId<UserId>())
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('like' as const), who: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unlike' as const), who: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('comment' as const), who: fc.nat(3), under: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), who: fc.nat(3), at: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('like comment' as const), who: fc.nat(3), at: fc.nat(9) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('unlike comment' as const), who: fc.nat(3), at: fc.nat(9) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('tell' as const), from: fc.nat(30), many: fc.nat(30) }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

async function perform(s: ReturnType<typeof scene>, post: PostId, acts: readonly Act[]) {
  const written: CommentId[] = []
  const gone = new Set<CommentId>()
  const pick = (at: number) => written.filter((id) => !gone.has(id))[at]
  for (const step of acts) {
    const who = 'who' in step ? (members[step.who] as UserId) : author
    const comment = 'at' in step ? pick(step.at) : 'under' in step ? pick(step.under) : undefined
    if (step.do === 'like') await s.likes.likePost(who, post)
    else if (step.do === 'unlike') await s.likes.unlikePost(who, post)
    else if (step.do === 'comment') {
      const made = await s.comments.comment(who, post, { text: 'so fine', parent_comment_id: comment })
      written.push(made.comment_id)
    } else if (step.do === 'delete' && comment) {
      const thread = await s.threads.replies(who, comment, { limit: 50 })
      await s.comments.deleteComment(author, comment)
      for (const id of [comment, ...thread.items.map((reply) => reply.comment_id)]) gone.add(id)
    } else if (step.do === 'like comment' && comment) await s.comments.likeComment(who, comment)
    else if (step.do === 'unlike comment' && comment) await s.comments.unlikeComment(who, comment)
    // Facts are told again from anywhere, as after a crash or a replay of dead letters.
    else if (step.do === 'tell') await s.tell(s.told.slice(step.from, step.from + step.many))
  }
}

async function threadCounts(s: ReturnType<typeof scene>, post: PostId) {
  const { items } = await s.threads.comments(author, post, { limit: 50 })
  return items.map(({ comment_id, likes_count, replies_count }) => ({
    comment_id,
    likes_count,
    replies_count,
  }))
}

test('a comment tried again under its id is the one that stands; another member’s is refused', async () => {
  const s = scene(testDb)
  const post = newId<PostId>()
  const [ana, ben] = members as [UserId, UserId]
  const id = newId<CommentId>()
  const first = await s.comments.comment(ana, post, { text: 'so fine' }, id)
  await s.comments.likeComment(ben, id)
  const again = await s.comments.comment(ana, post, { text: 'so fine' }, id)
  expect(again).toEqual({ ...first, likes_count: 0 })
  await expect(s.comments.comment(ben, post, { text: 'mine' }, id)).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await truth(post)).toEqual({ likes_count: 0, comments_count: 1 })
})

test('what waited to be counted before posts and comments had a journal each is counted all the same', async () => {
  await using before = await openTestDb({ empty: true })
  const { query } = before.db
  await migrate(before.url, {
    folders: { dir: join(import.meta.dirname, '../../migrations'), modules: import.meta.dirname },
  })
  const [post, comment, ana] = [newId<PostId>(), newId<CommentId>(), newId<UserId>()]
  await sql`insert into post_counters (post_id, likes_count) values (${post}, 5)`.execute(query)
  await sql`insert into comment_counters (post_id, comment_id, comments_count) values (${post}, ${comment}, 3)`.execute(
    query,
  )
  await sql`
    insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments) values
    (${post}, ${ana}, ${newId()}, null, 1, 2), (${post}, ${ana}, ${newId()}, ${comment}, 1, 1)`.execute(query)
  await migrate(before.url)
  expect((await postCounters.read(query, [post], ana)).get(post)).toEqual({
    likes_count: 6,
    comments_count: 2,
  })
  await scene(before).upkeep.count([post])
  expect((await postCounters.read(query, [post], null)).get(post)).toEqual({
    likes_count: 6,
    comments_count: 2,
  })
  expect((await commentCounters.read(query, [comment], null, post)).get(comment)).toEqual({
    likes_count: 1,
    replies_count: 4,
  })
})

describe('counters', () => {
  test('equal the truth after any changes, facts told in any part, twice or again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        const s = scene(testDb)
        const post = newId<PostId>()
        await perform(s, post, acts)
        await s.tell(s.told)
        await s.tell(s.told)
        expect((await s.service.counters([post]))[0]).toEqual(await truth(post))
        const counted = await threadCounts(s, post)
        await s.upkeep.recount([post])
        expect((await s.service.counters([post]))[0]).toEqual(await truth(post))
        expect(await threadCounts(s, post)).toEqual(counted)
      }),
      { numRuns: 25 },
    )
  })

  test('are right after 200 likes and unlikes at once, counted meanwhile by two at a time', async () => {
    const s = scene(testDb)
    const post = newId<PostId>()
    const crowd = Array.from({ length: 200 }, () => newId<UserId>())
    await Promise.all(crowd.slice(0, 100).map((id) => s.likes.likePost(id, post)))
    const burst = crowd.map((id, index) =>
      index < 50 ? s.likes.unlikePost(id, post) : s.likes.likePost(id, post),
    )
    const counting = Array.from({ length: 10 }, () =>
      Promise.all([s.upkeep.count([post]), s.upkeep.count([post])]),
    )
    await Promise.all([...burst, ...counting, s.upkeep.recount([post])])
    await s.tell(s.told)
    expect((await s.service.counters([post]))[0]).toEqual({ likes_count: 150, comments_count: 0 })
  })

  test('have one’s own change in them before anything was told', async () => {
    const s = scene(testDb)
    const post = newId<PostId>()
    const [ana, ben] = members as [UserId, UserId]
    expect(await s.likes.likePost(ana, post)).toEqual({ liked: true, likes_count: 1 })
    expect(await s.likes.likePost(ana, post)).toEqual({ liked: true, likes_count: 1 })
    expect((await s.service.counters([post], ana))[0]?.likes_count).toBe(1)
    expect((await s.service.counters([post], ben))[0]?.likes_count).toBe(0)
    const comment = await s.comments.comment(ben, post, { text: 'so fine' })
    expect((await s.service.counters([post], ben))[0]?.comments_count).toBe(1)
    expect(await s.comments.likeComment(ana, comment.comment_id)).toEqual({ liked: true, likes_count: 1 })
    expect(await s.comments.unlikeComment(ana, comment.comment_id)).toEqual({ liked: false, likes_count: 0 })
    expect(await s.likes.unlikePost(ana, post)).toEqual({ liked: false, likes_count: 0 })
  })

  test('what a consumer gave up on is swept up', async () => {
    const s = scene(testDb)
    const post = newId<PostId>()
    await s.likes.likePost(author, post)
    await s.upkeep.sweepCounters()
    expect((await s.service.counters([post]))[0]?.likes_count).toBe(1)
  })

  test('a change that reaches an erased post is swept away', async () => {
    const s = scene(testDb)
    const post = newId<PostId>()
    const { comment_id } = await s.comments.comment(author, post, { text: 'so fine' })
    await s.upkeep.erasePost(post)
    await expect(s.threads.anyComment(comment_id)).rejects.toMatchObject({ code: 'not_found' })
    await s.likes.likePost(author, post)
    await s.tell(s.told)
    expect(await truth(post)).toEqual({ likes_count: 0, comments_count: 0 })
    expect((await s.service.counters([post]))[0]).toEqual({ likes_count: 0, comments_count: 0 })
  })

  test('a reply and the deletion of its thread at once leave nothing of it', async () => {
    const s = scene(testDb)
    const post = newId<PostId>()
    for (let round = 0; round < 10; round++) {
      const { comment_id } = await s.comments.comment(author, post, { text: 'so fine' })
      await Promise.allSettled([
        ...members.map((id) => s.comments.comment(id, post, { text: 'yes', parent_comment_id: comment_id })),
        s.comments.deleteComment(author, comment_id),
        ...members.map((id) => s.comments.likeComment(id, comment_id)),
      ])
    }
    await s.tell(s.told)
    expect(await truth(post)).toEqual({ likes_count: 0, comments_count: 0 })
    expect((await s.service.counters([post]))[0]).toEqual({ likes_count: 0, comments_count: 0 })
  })
})
