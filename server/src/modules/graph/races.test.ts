import type { UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import type { Tx } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { graphModule } from './module.ts'

/**
 * Acts on one pair at the same instant, and counts against the truth with facts told late, twice and in part. Members
 * are known by their ids here; what is seen over HTTP is shown in routes.test.ts.
 */
let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb({ pool: 10 })
})
afterAll(() => testDb[Symbol.asyncDispose]())

function scene() {
  const cache = localCache()
  // The log itself, each scene's facts under a key of its own.
  const key = newId<string>()
  const append = async (tx: Tx, events: readonly NewEvent[]) => {
    for (const { type, payload } of events)
      await sql`
        insert into events (type, key, share, payload, at)
        values (${type}, ${key}, 0, ${JSON.stringify(payload)}::text::json, now())`.execute(tx)
    testDb.db.afterCommit(tx, () => cache.hear(events))
  }
  const told = async () => {
    const { rows } = await sql<Event>`
      select seq::text as id, type, payload from events where key = ${key} order by seq`.execute(
      testDb.db.query,
    )
    return rows
  }
  const isPrivate = new Set<UserId>()
  const each = <T>(ids: readonly UserId[], value: (id: UserId) => T) =>
    new Map(ids.map((id) => [id, value(id)]))
  const graph = graphModule({
    db: testDb.db,
    cache,
    clock: new FakeClock(),
    outbox: { append },
    people: {
      summaries: async (ids) =>
        each(ids, (user_id) => ({
          user_id,
          username: user_id,
          full_name: '',
          profile_picture: null,
          is_private: isPrivate.has(user_id),
          is_verified: false,
        })),
    },
    members: {
      idsAfter: async () => [],
      holdPrivacy: async (_, id) => isPrivate.has(id),
      privacyFlags: async (ids) =>
        each(ids, (user_id) => ({ user_id, is_private: isPrivate.has(user_id), media_epoch: 0 })),
      byUsername: async (username) => {
        const user_id = username as UserId
        return { user_id, username, is_private: isPrivate.has(user_id) }
      },
    },
  })
  const [counting] = graph.consumers
  if (!counting || !('handleBatch' in counting)) throw new Error('counts are kept in batches')
  const tell = (events: readonly Event[]) =>
    counting.handleBatch(
      events.filter((event) => counting.types.includes(event.type)),
      new AbortController().signal,
    )
  return { graph: graph.service, upkeep: graph.upkeep, told, tell, isPrivate }
}

const tables = [
  'following',
  'followers',
  'requested_follows',
  'follow_requests',
  'blocks',
  'blocked_by',
] as const

/** How many edges each table holds between two members. */
async function edgesOf(a: UserId, b: UserId): Promise<Record<(typeof tables)[number], number>> {
  const ends = {
    following: ['follower_id', 'followee_id'],
    followers: ['follower_id', 'followee_id'],
    requested_follows: ['follower_id', 'followee_id'],
    follow_requests: ['follower_id', 'followee_id'],
    blocks: ['blocker_id', 'blocked_id'],
    blocked_by: ['blocker_id', 'blocked_id'],
  }
  const counted = await Promise.all(
    tables.map(async (table) => {
      const [from, to] = ends[table].map((name) => sql.ref(name))
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(table)}
        where (${from} = ${a} and ${to} = ${b}) or (${from} = ${b} and ${to} = ${a})`.execute(testDb.db.query)
      return [table, rows[0]?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counted) as Record<(typeof tables)[number], number>
}

async function truth(ids: readonly UserId[]) {
  const { rows } = await sql<{ id: UserId; followers_count: number; following_count: number }>`
    select id, (select count(*)::int from followers where followee_id = id) as followers_count,
               (select count(*)::int from following where follower_id = id) as following_count
    from unnest(${[...ids]}::uuid[]) as id`.execute(testDb.db.query)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

describe('acts on one pair at once', () => {
  test('a follow and a block leave no follow, whichever comes first', async () => {
    for (let round = 0; round < 20; round++) {
      const { graph } = scene()
      const [a, b] = [newId<UserId>(), newId<UserId>()]
      await Promise.allSettled([
        graph.follow(a, b),
        graph.block(b, a),
        graph.follow(b, a),
        graph.follow(a, b),
      ])
      expect(await edgesOf(a, b)).toMatchObject({ following: 0, followers: 0, blocks: 1, blocked_by: 1 })
    }
  })

  test('a request accepted, withdrawn and blocked leaves no follow', async () => {
    for (let round = 0; round < 20; round++) {
      const { graph, isPrivate } = scene()
      const [a, b] = [newId<UserId>(), newId<UserId>()]
      isPrivate.add(b)
      await graph.follow(a, b)
      await Promise.allSettled([graph.acceptRequest(b, a), graph.block(b, a), graph.unfollow(a, b)])
      expect(await edgesOf(a, b)).toEqual({
        following: 0,
        followers: 0,
        requested_follows: 0,
        follow_requests: 0,
        blocks: 1,
        blocked_by: 1,
      })
    }
  })

  test('follows many times over are one, told once', async () => {
    const { graph, told } = scene()
    const [a, b] = [newId<UserId>(), newId<UserId>()]
    const replies = await Promise.all(Array.from({ length: 20 }, () => graph.follow(a, b)))
    expect(replies.every((reply) => reply.following)).toBe(true)
    expect((await told()).map((event) => event.type)).toEqual(['user.followed'])
    expect(await edgesOf(a, b)).toMatchObject({ following: 1, followers: 1 })
  })

  test('a request accepted many times over is accepted once, and each is told that it worked', async () => {
    const { graph, told, isPrivate } = scene()
    const [a, b] = [newId<UserId>(), newId<UserId>()]
    isPrivate.add(b)
    await graph.follow(a, b)
    await Promise.all(Array.from({ length: 10 }, () => graph.acceptRequest(b, a)))
    expect((await told()).map((event) => event.type)).toEqual([
      'user.follow_requested',
      'user.followed',
      'user.follow_accepted',
    ])
    await expect(graph.acceptRequest(a, b)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('follow counts', () => {
  test('are right after 200 follows and unfollows at once, counted meanwhile by two at a time', async () => {
    const { graph, upkeep, told, tell } = scene()
    const star = newId<UserId>()
    const crowd = Array.from({ length: 200 }, () => newId<UserId>())
    await Promise.all(crowd.slice(0, 100).map((id) => graph.follow(id, star)))
    const burst = crowd.map((id, index) => (index < 50 ? graph.unfollow(id, star) : graph.follow(id, star)))
    const counting = Array.from({ length: 10 }, () => [
      upkeep.countFollows([star]),
      upkeep.countFollows([star]),
    ])
    await Promise.all([...burst, ...counting.flat(), upkeep.recount([star])])
    await tell(await told())
    expect((await graph.followerCounts([star])).get(star)).toEqual({
      followers_count: 150,
      following_count: 0,
    })
  })

  test('equal the truth after any acts, facts told in any part, twice or again', async () => {
    const member = fc.nat(3)
    const act = fc.record({
      act: fc.constantFrom(
        'follow',
        'unfollow',
        'block',
        'unblock',
        'accept',
        'remove',
        'private',
        'tell',
        'erase',
      ),
      from: member,
      to: member,
      part: fc.tuple(fc.nat(40), fc.nat(20)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        const { graph, upkeep, told, tell, isPrivate } = scene()
        const ids = Array.from({ length: 4 }, () => newId<UserId>())
        for (const step of acts) {
          const [a, b] = [ids[step.from], ids[step.to]] as [UserId, UserId]
          const [start, many] = step.part
          await {
            follow: () => graph.follow(a, b),
            unfollow: () => graph.unfollow(a, b),
            block: () => graph.block(a, b),
            unblock: () => graph.unblock(a, b),
            accept: () => graph.acceptRequest(a, b),
            remove: () => graph.removeFollower(a, b),
            private: async () => (isPrivate.delete(a) ? upkeep.acceptWaiting(a) : isPrivate.add(a)),
            tell: async () => tell((await told()).slice(start, start + many)),
            erase: async () => (many > 18 ? upkeep.eraseMember(a) : undefined),
          }
            [step.act]()
            .catch(() => {})
        }
        await tell(await told())
        await tell(await told())
        expect(await graph.followerCounts(ids)).toEqual(await truth(ids))
        await upkeep.recount(ids)
        expect(await graph.followerCounts(ids)).toEqual(await truth(ids))
      }),
      { numRuns: 25 },
    )
  })

  test('have one’s own act in them before it was told, and what a consumer gave up on is swept up', async () => {
    const { graph, upkeep } = scene()
    const [a, b] = [newId<UserId>(), newId<UserId>()]
    await graph.follow(a, b)
    expect((await graph.followerCounts([a, b], a)).get(b)).toEqual({ followers_count: 1, following_count: 0 })
    expect((await graph.followerCounts([a, b], a)).get(a)).toEqual({ followers_count: 0, following_count: 1 })
    expect((await graph.followerCounts([b], b)).get(b)).toEqual({ followers_count: 0, following_count: 0 })
    await upkeep.sweepCounts()
    expect((await graph.followerCounts([b])).get(b)).toEqual({ followers_count: 1, following_count: 0 })
  })
})

describe('a member who leaves', () => {
  test('takes every edge along, and others’ counts follow', async () => {
    const { graph, upkeep, told, tell, isPrivate } = scene()
    const leaver = newId<UserId>()
    const others = Array.from({ length: 6 }, () => newId<UserId>()) as [UserId, ...UserId[]]
    isPrivate.add(others[3] as UserId)
    for (const id of others.slice(0, 4)) {
      await graph.follow(leaver, id)
      await graph.follow(id, leaver)
      await graph.mute(id, leaver)
    }
    await graph.block(leaver, others[4] as UserId)
    await graph.block(others[5] as UserId, leaver)
    await tell(await told())
    await upkeep.eraseMember(leaver)
    await upkeep.eraseMember(leaver)
    for (const id of others) {
      expect(Object.values(await edgesOf(leaver, id)).reduce((sum, count) => sum + count)).toBe(0)
      expect(await graph.muted(id)).toEqual(new Set())
    }
    expect(await graph.followerCounts([leaver, ...others])).toEqual(await truth([leaver, ...others]))
  })
})
