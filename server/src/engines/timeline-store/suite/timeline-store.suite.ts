import type { PostId, UserId } from '@tintype/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../kit/ids.ts'
import type { TimelineEntry, TimelineStore } from '../port.ts'

export interface TimelineFixture {
  /** Opens another handle on the same backing store, empty at the start of each case. */
  open(): Promise<TimelineStore>
  [Symbol.asyncDispose](): Promise<void>
}

const entry = (post_id: PostId, author_id: UserId = newId()): TimelineEntry => ({ post_id, author_id })
const entries = (posts: readonly PostId[], author?: UserId) => posts.map((post) => entry(post, author))
const idsOf = (entries: readonly TimelineEntry[]) => entries.map(({ post_id }) => post_id)

/** What every timeline store has to do; each case holds two handles on one store. */
export function timelineSuite(name: string, fixture: () => Promise<TimelineFixture>): void {
  describe(`timelines: ${name}`, () => {
    let store: TimelineFixture
    let one: TimelineStore
    let two: TimelineStore
    let ana: UserId
    let ben: UserId
    let posts: PostId[]
    beforeEach(async () => {
      store = await fixture()
      one = await store.open()
      two = await store.open()
      ana = newId()
      ben = newId()
      posts = Array.from({ length: 10 }, () => newId<PostId>())
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    })
    const newestFirst = () => posts.toReversed()

    it('shows a member what was pushed to them, newest first, in whatever order it came', async () => {
      const author = newId<UserId>()
      await one.pushMany(
        [ana],
        [3, 1, 2].map((i) => entry(posts[i] as PostId, author)),
      )
      await two.pushMany([ana], [entry(posts[0] as PostId, author)])
      await two.pushMany([ben, ana], [])
      await two.pushMany([], [entry(posts[7] as PostId)])
      await two.pushMany([ben], [entry(posts[5] as PostId)])
      const seen = await two.page(ana, { limit: 10 })
      expect(seen).toEqual([3, 2, 1, 0].map((i) => ({ post_id: posts[i], author_id: author })))
      expect(idsOf(await one.page(ben, { limit: 10 }))).toEqual([posts[5]])
      expect(await one.page(newId(), { limit: 10 })).toEqual([])
    })

    it('keeps an entry once, however often and from wherever it is pushed', async () => {
      const twice = entries(posts, ben)
      await Promise.all([
        one.pushMany([ana], twice),
        two.pushMany([ana], twice),
        one.pushMany([ana, ana], [...twice, ...twice]),
      ])
      expect(idsOf(await one.page(ana, { limit: 100 }))).toEqual(newestFirst())
    })

    it('pushes one post to thousands, and thousands of posts to one', async () => {
      const readers = Array.from({ length: 6000 }, () => newId<UserId>())
      await one.pushMany(readers, [entry(posts[0] as PostId, ana)])
      for (const reader of [readers[0], readers[5999]] as UserId[])
        expect(await two.page(reader, { limit: 2 })).toEqual([{ post_id: posts[0], author_id: ana }])
      await one.pushMany(
        [ana],
        Array.from({ length: 6000 }, () => entry(newId())),
      )
      expect(await two.page(ana, { limit: 10_000 })).toHaveLength(6000)
    })

    it('pages below a post, which need not be in it', async () => {
      await one.pushMany([ana], entries(posts))
      const first = await two.page(ana, { limit: 4 })
      expect(idsOf(first)).toEqual(newestFirst().slice(0, 4))
      await one.remove(ana, { postIds: idsOf(first) })
      await one.pushMany([ana], [entry(newId())])
      const second = await two.page(ana, { before: first.at(-1)?.post_id as PostId, limit: 4 })
      expect(idsOf(second)).toEqual(newestFirst().slice(4, 8))
    })

    it("takes an author, or single posts, out of one member's timeline only", async () => {
      const author = newId<UserId>()
      const all = posts.map((post, i) => entry(post, i % 2 ? author : ben))
      await one.pushMany([ana, ben], all)
      await two.remove(ana, { authorId: author })
      expect((await one.page(ana, { limit: 20 })).map((e) => e.author_id)).toEqual(Array(5).fill(ben))
      await two.remove(ana, { postIds: [posts[0] as PostId, newId()] })
      await two.remove(ana, { postIds: [] })
      expect(idsOf(await one.page(ana, { limit: 20 }))).toEqual([8, 6, 4, 2].map((i) => posts[i]))
      expect(await one.page(ben, { limit: 20 })).toHaveLength(10)
    })

    it('lets posts of an author who goes stand for others, who are never without them', async () => {
      const [author, heir] = [newId<UserId>(), newId<UserId>()]
      await one.pushMany([ana, ben], entries(posts.slice(0, 8), author))
      const kept = entries([posts[2], posts[5], posts[9]] as PostId[], heir)
      const gone = one.remove(ana, { authorId: author, kept })
      let reading = true
      void gone.finally(() => {
        reading = false
      })
      while (reading) expect(idsOf(await two.page(ana, { limit: 20 }))).toContain(posts[5])
      await gone
      expect(await two.page(ana, { limit: 20 })).toEqual([kept[1], kept[0]])
      expect((await two.page(ben, { limit: 20 })).map((e) => e.author_id)).toEqual(Array(8).fill(author))
      await two.remove(ana, { authorId: heir })
      expect(await one.page(ana, { limit: 20 })).toEqual([])
    })

    it('takes posts out of every timeline', async () => {
      const readers = Array.from({ length: 50 }, () => newId<UserId>())
      await one.pushMany(readers, entries(posts, ben))
      await two.removePosts([posts[9] as PostId, posts[4] as PostId, newId()])
      await two.removePosts([])
      const left = newestFirst().filter((post) => post !== posts[9] && post !== posts[4])
      for (const reader of readers) expect(idsOf(await one.page(reader, { limit: 20 }))).toEqual(left)
    })

    it('keeps the newest of each timeline it trims, and all of the others', async () => {
      const carl = newId<UserId>()
      await one.pushMany([ana, ben, carl], entries(posts))
      await one.remove(ben, { postIds: posts.slice(2) })
      await two.trim([ana, ben, newId()], 4)
      expect(idsOf(await one.page(ana, { limit: 20 }))).toEqual(newestFirst().slice(0, 4))
      expect(await one.page(ben, { limit: 20 })).toHaveLength(2)
      expect(await one.page(carl, { limit: 20 })).toHaveLength(10)
      await two.trim([carl], 0)
      expect(await one.page(carl, { limit: 20 })).toEqual([])
      await two.trim([], 1)
    })

    it('drops whole timelines', async () => {
      await one.pushMany([ana, ben], entries(posts))
      await two.clear([ana])
      await two.clear([])
      expect(await one.page(ana, { limit: 20 })).toEqual([])
      expect(await one.page(ben, { limit: 20 })).toHaveLength(10)
      await one.ping()
    })

    it('bears pushes, removals and pages at the same time', async () => {
      const readers = Array.from({ length: 200 }, () => newId<UserId>())
      const pushes = posts.map((post, i) => (i % 2 ? one : two).pushMany(readers, [entry(post, ana)]))
      await Promise.all([
        ...pushes,
        one.removePosts([newId()]),
        two.trim(readers, 800),
        ...readers.map((reader) => two.page(reader, { limit: 20 })),
      ])
      for (const reader of [readers[0], readers[199]] as UserId[])
        expect(idsOf(await one.page(reader, { limit: 20 }))).toEqual(newestFirst())
    })

    it('does what a plain list would, whatever is asked of it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) =>
          compare(one, two, steps),
        ),
        { numRuns: 25 },
      )
    })
  })
}

const user = fc.nat({ max: 3 })
const post = fc.nat({ max: 11 })
const author = fc.nat({ max: 2 })
const authorOf = (index: number) => index % 3
const step = fc.oneof(
  fc.record({
    do: fc.constant('push' as const),
    users: fc.array(user, { maxLength: 4 }),
    posts: fc.array(post, { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('remove' as const), user, posts: fc.array(post, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('removeAuthor' as const), user, author }),
  fc.record({ do: fc.constant('removePosts' as const), posts: fc.array(post, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('trim' as const), users: fc.array(user), keep: fc.nat({ max: 6 }) }),
  fc.record({ do: fc.constant('clear' as const), users: fc.array(user, { maxLength: 2 }) }),
  fc.record({
    do: fc.constant('page' as const),
    user,
    before: fc.option(post),
    limit: fc.integer({ min: 1, max: 5 }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Runs the same steps on the store, by turns through both handles, and on lists. */
async function compare(one: TimelineStore, two: TimelineStore, steps: readonly Step[]): Promise<void> {
  const users = Array.from({ length: 4 }, () => newId<UserId>())
  const posts = Array.from({ length: 12 }, () => newId<PostId>())
  const authors = Array.from({ length: 3 }, () => newId<UserId>())
  const lists = users.map((): { post: number; author: number }[] => [])
  const shown = (list: { post: number; author: number }[]) =>
    list
      .toSorted((a, b) => b.post - a.post)
      .map((e) => ({ post_id: posts[e.post] as PostId, author_id: authors[e.author] as UserId }))
  const keepIf = (u: number, test: (e: { post: number; author: number }) => boolean) => {
    lists[u] = (lists[u] ?? []).filter(test)
  }
  for (const [i, s] of steps.entries()) {
    const store = i % 2 ? one : two
    if (s.do === 'push') {
      for (const u of s.users)
        for (const p of s.posts)
          if (!lists[u]?.some((known) => known.post === p)) lists[u]?.push({ post: p, author: authorOf(p) })
      await store.pushMany(
        s.users.map((u) => users[u] as UserId),
        s.posts.map((p) => entry(posts[p] as PostId, authors[authorOf(p)])),
      )
    } else if (s.do === 'remove') {
      keepIf(s.user, (e) => !s.posts.includes(e.post))
      await store.remove(users[s.user] as UserId, { postIds: s.posts.map((p) => posts[p] as PostId) })
    } else if (s.do === 'removeAuthor') {
      keepIf(s.user, (e) => e.author !== s.author)
      await store.remove(users[s.user] as UserId, { authorId: authors[s.author] as UserId })
    } else if (s.do === 'removePosts') {
      for (const u of users.keys()) keepIf(u, (e) => !s.posts.includes(e.post))
      await store.removePosts(s.posts.map((p) => posts[p] as PostId))
    } else if (s.do === 'trim') {
      for (const u of s.users) lists[u] = lists[u]?.toSorted((a, b) => b.post - a.post).slice(0, s.keep) ?? []
      await store.trim(
        s.users.map((u) => users[u] as UserId),
        s.keep,
      )
    } else if (s.do === 'clear') {
      for (const u of s.users) lists[u] = []
      await store.clear(s.users.map((u) => users[u] as UserId))
    } else {
      const below = lists[s.user]?.filter((e) => s.before === null || e.post < s.before) ?? []
      const before = s.before === null ? undefined : (posts[s.before] as PostId)
      const page = await store.page(users[s.user] as UserId, { before, limit: s.limit })
      expect(page).toEqual(shown(below).slice(0, s.limit))
    }
  }
  for (const [u, list] of lists.entries())
    expect(await one.page(users[u] as UserId, { limit: 100 })).toEqual(shown(list))
}
