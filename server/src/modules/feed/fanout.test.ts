import type { CircleId, PostId, UserId } from '@tintype/contract'
import { describe, expect, test, vi } from 'vitest'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import { Fanout, type FanoutDeps } from './fanout.ts'
import type { FeedEntry as Post } from './merge.ts'

/** Fan-out on lists. What is written waits until `release` where `hold` was called. */
function scene({ celebrityFollowers = 1_000_000 } = {}) {
  const followers = new Map<UserId, UserId[]>()
  const timelines = new Map<UserId, Set<PostId>>()
  const inserts: { members: number; posts: PostId[] }[] = []
  const cached = new Map<UserId, Set<PostId>>()
  const told: { user_ids: UserId[]; message: { data: { count: number } } }[] = []
  const appended: NewEvent[] = []
  const pulled = new Set<UserId>()
  const circles = new Map<CircleId, UserId[]>()
  const away = new Set<UserId>()
  let gate: PromiseWithResolvers<void> | undefined
  const put = (where: Map<UserId, Set<PostId>>, members: readonly UserId[], posts: readonly Post[]) => {
    for (const id of members)
      where.set(id, new Set([...(where.get(id) ?? []), ...posts.map((post) => post.post_id)]))
  }
  const deps: FanoutDeps = {
    db: { tx: (work) => work({} as never) },
    outbox: notingOutbox((events) => appended.push(...events)),
    broadcast: { publish: async (_, message) => void told.push(...(message as typeof told)) },
    timelineStore: {
      async pushMany(members, entries) {
        await gate?.promise
        inserts.push({ members: members.length, posts: entries.map((entry) => entry.post_id) })
        put(timelines, members, entries as Post[])
      },
    },
    timelines: { active: async (ids) => ids.filter((id) => !away.has(id)), present: async (ids) => [...ids] },
    skeletons: { add: async (ids, entries) => put(cached, ids, entries), forget: async () => {} },
    celebrities: {
      has: async (id) => pulled.has(id),
      add: async (id) => void pulled.add(id),
      addRecent: async () => {},
      forgetRecent: async () => {},
    },
    graph: {
      mutersAmong: async () => [],
      followersAmong: async (id, ids) => ids.filter((one) => followers.get(id)?.includes(one)),
      followersAfter: async (id, after, limit) =>
        (followers.get(id) ?? []).filter((follower) => after === null || follower > after).slice(0, limit),
      followerCounts: async ([id = '' as UserId]) =>
        new Map([[id, { followers_count: followers.get(id)?.length ?? 0, following_count: 0 }]]),
    },
    circles: { membersOf: async (ids) => ids.flatMap((id) => circles.get(id) ?? []) },
    show: async () => [],
    celebrityFollowers,
  }
  const author = (count: number) => {
    const id = newId<UserId>()
    followers.set(id, Array.from({ length: count }, () => newId<UserId>()).sort())
    return id
  }
  const post = (author_id: UserId): Post => ({ post_id: newId<PostId>(), author_id })
  return {
    fanout: new Fanout(deps),
    ...{ circles, followers, timelines, inserts, cached, told, appended, pulled, away, author, post },
    hold() {
      gate = Promise.withResolvers()
    },
    release() {
      gate?.resolve()
      gate = undefined
    },
    /** How many of the author's followers have exactly these posts, in their timelines and in what is cached of them. */
    reached: (id: UserId, posts: readonly Post[]) =>
      (followers.get(id) ?? []).filter((follower) =>
        [timelines, cached].every(
          (where) =>
            where.get(follower)?.size === posts.length &&
            posts.every((each) => where.get(follower)?.has(each.post_id)),
        ),
      ).length,
  }
}
const never = new AbortController().signal

describe('a post for circles', () => {
  const close = 'close' as CircleId

  test.each([true, false])(
    'goes to those in them who follow, be its author a celebrity or not (%s)',
    async (isPulled) => {
      const { fanout, author, post, circles, followers, timelines, told, pulled, away } = scene()
      const ana = author(5000)
      if (isPulled) pulled.add(ana)
      const some = (followers.get(ana) ?? []).slice(0, 2100)
      const gone = some.slice(0, 100)
      for (const id of gone) away.add(id)
      circles.set(close, [...some, newId<UserId>()])
      const one = post(ana)
      await fanout.toCircles(one, { circles: [close], isNews: true }, never)
      const reached = some.slice(100)
      expect(new Set(timelines.keys())).toEqual(new Set([ana, ...reached]))
      expect(new Set(told.flatMap((news) => news.user_ids))).toEqual(new Set(reached))
    },
  )

  test('that was away is no news', async () => {
    const { fanout, author, post, circles, followers, timelines, told } = scene()
    const ana = author(3)
    circles.set(close, followers.get(ana) ?? [])
    await fanout.toCircles(post(ana), { circles: [close], isNews: false }, never)
    expect(timelines.size).toBe(4)
    expect(told).toEqual([])
  })
})

describe('a post that comes alone', () => {
  test.each([0, 30, 150, 2500])(
    'goes to all of %i followers and its author, in large inserts',
    async (count) => {
      const { fanout, author, post, reached, inserts, timelines, told } = scene()
      const ana = author(count)
      const one = post(ana)
      await fanout.publish(one, never)
      expect(reached(ana, [one])).toBe(count)
      expect(timelines.get(ana)).toEqual(new Set([one.post_id]))
      expect(inserts.length).toBeLessThanOrEqual(1 + Math.ceil(count / 1000))
      expect(told.flatMap((news) => news.user_ids)).toHaveLength(count)
      expect(told.every((news) => news.message.data.count === 1)).toBe(true)
    },
  )

  test.each([50, 500])('goes to none of %i who are away, nor to an author who never reads', async (count) => {
    const { fanout, author, post, timelines, away, followers } = scene()
    const ana = author(count)
    const fans = followers.get(ana) ?? []
    for (const id of [ana, ...fans.slice(0, 20)]) away.add(id)
    await fanout.publish(post(ana), never)
    expect(new Set(timelines.keys())).toEqual(new Set(fans.slice(20)))
  })

  test('goes on by an event after ten thousand', async () => {
    const { fanout, author, post, reached, appended } = scene()
    const ana = author(12_500)
    const one = post(ana)
    await fanout.publish(one, never)
    expect(reached(ana, [one])).toBe(10_000)
    const [due] = appended
    if (due?.type !== 'feed.fanout_due') throw new Error('nothing goes on')
    expect(appended).toHaveLength(1)
    await fanout.goOn(one, due.payload.after, never)
    expect(reached(ana, [one])).toBe(12_500)
  })

  test('is left to be pulled where its author has too many followers', async () => {
    const { fanout, author, post, reached, timelines, pulled } = scene({ celebrityFollowers: 1200 })
    const ana = author(1201)
    const one = post(ana)
    await fanout.publish(one, never)
    expect(pulled).toEqual(new Set([ana]))
    expect(reached(ana, [one])).toBe(0)
    expect(timelines.get(ana)).toEqual(new Set([one.post_id]))
  })
})

describe('posts of one author that follow one another closely', () => {
  test('reach everybody, together and in small inserts', async () => {
    const { fanout, author, post, reached, inserts, told, hold, release } = scene()
    const ana = author(900)
    const posts = Array.from({ length: 10 }, () => post(ana))
    hold()
    const all = Promise.all(posts.map((one) => fanout.publish(one, never)))
    release()
    await all
    expect(reached(ana, posts)).toBe(900)
    const rows = inserts.map(({ members, posts }) => members * posts.length)
    for (const { members, posts } of inserts)
      if (posts.length > 1) expect(members * posts.length).toBeLessThan(200)
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(10 * 901)
    const news = told.reduce((sum, { user_ids, message }) => sum + user_ids.length * message.data.count, 0)
    expect(news).toBe(10 * 900)
    // A member hears of several at once.
    expect(told.reduce((sum, { user_ids }) => sum + user_ids.length, 0)).toBeLessThan(5 * 900)
  })

  test('are shown to the author at once, and delay nobody else', async () => {
    const { fanout, author, post, reached, timelines } = scene()
    const [ana, ben] = [author(5000), author(2000)]
    const first = post(ana)
    await fanout.publish(first, never)
    const burst = Array.from({ length: 20 }, () => post(ana))
    let isOver = false
    const all = Promise.all(burst.map((one) => fanout.publish(one, never))).then(() => {
      isOver = true
    })
    const own = () => timelines.get(ana)?.size
    await vi.waitFor(() => expect(own()).toBe(21))
    const theirs = post(ben)
    await fanout.publish(theirs, never)
    expect(reached(ben, [theirs])).toBe(2000)
    expect(isOver).toBe(false)
    await all
    expect(reached(ana, [first, ...burst])).toBe(5000)
  })

  test('go on together by an event each after ten thousand followers', async () => {
    const { fanout, author, post, reached, appended } = scene()
    const ana = author(10_300)
    const posts = [post(ana), post(ana), post(ana)]
    await Promise.all(posts.map((one) => fanout.publish(one, never)))
    expect(new Set(appended.map(({ payload }) => (payload as Post).post_id))).toEqual(
      new Set(posts.map((one) => one.post_id)),
    )
    await Promise.all(
      appended.map(({ payload }) => {
        const { after, ...one } = payload as Post & { after: UserId }
        return fanout.goOn(one, after, never)
      }),
    )
    expect(reached(ana, posts)).toBe(10_300)
  })

  test('stop where the process is to stop, and begin again from nothing', async () => {
    const { fanout, author, post, reached, hold, release } = scene()
    const ana = author(3000)
    const posts = [post(ana), post(ana), post(ana)]
    await fanout.publish(posts[0] as Post, never)
    const stop = new AbortController()
    hold()
    const stopped = Promise.allSettled(posts.slice(1).map((one) => fanout.publish(one, stop.signal)))
    stop.abort()
    release()
    expect((await stopped).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(reached(ana, posts)).toBe(0)
    await Promise.all(posts.slice(1).map((one) => fanout.publish(one, never)))
    expect(reached(ana, posts)).toBe(3000)
  })
})
