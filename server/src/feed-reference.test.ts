import type { Page, Post, PostId } from '@tintype/contract'
import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { withinASecond } from '@tintype/testkit/deadline'
import {
  countersOf,
  FeedReference,
  hashtagOf,
  homeOf,
  isVisible,
  profileCountsOf,
  profileOf,
  savedOf,
  shownOf,
  type Truth,
} from '@tintype/testkit/feed-reference'
import { type Act, type Change, FeedScene, sceneTags } from '@tintype/testkit/feed-scene'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/**
 * Members do whatever members do, in any order, and every feed is held against a reference that reads whole tables and knows
 * no cache, no timeline and no event. A failure prints the steps, and a seed and path to play them again with
 * `FEED_SEED=… FEED_PATH=…`; `FEED_RUNS=500` looks longer and stops at the first failure.
 */
const PEOPLE = 6
const { FEED_SEED, FEED_PATH, FEED_RUNS } = process.env

let system: TestSystem
/** Another process, through which nothing is ever done. */
let onlooker: TestSystem
let reference: FeedReference
beforeAll(async () => {
  const env = { CELEBRITY_FOLLOWERS: '2', TIMELINE_KEPT: '50' }
  system = await startSystem({ env })
  onlooker = await startSystem({ env: { ...env, ROLES: 'api' }, beside: system })
  reference = new FeedReference(system.system.config.databaseUrl)
})
afterAll(async () => {
  await reference[Symbol.asyncDispose]()
  await onlooker[Symbol.asyncDispose]()
  await system[Symbol.asyncDispose]()
})

type Sort = 'chronological' | 'ranked'
type Look =
  | { at: 'glance'; who: number; limit: number }
  | { at: 'settled'; who: number; limit: number }
  | { at: 'lists'; who: number; whom: number; tag: number; limit: number }
  /** The act happens between the first page and the second. */
  | { at: 'meanwhile'; who: number; sort: Sort; limit: number }

const who = fc.nat(PEOPLE - 1)
const pair = { who, whom: who }
const post = fc.nat(200)
const one = <T>(...values: T[]) => fc.constantFrom(...values)
const weighted = <T>(...arbitraries: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...arbitraries.map(([weight, arbitrary]) => ({ weight, arbitrary })))

const change = weighted<Change>(
  [8, fc.record({ do: one('publish' as const), who, posts: fc.integer({ min: 1, max: 4 }), tag: fc.nat(2) })],
  [
    1,
    fc.record({ do: one('publish' as const), who, posts: fc.integer({ min: 40, max: 80 }), tag: fc.nat(2) }),
  ],
  [1, fc.record({ do: one('share' as const), who })],
  [8, fc.record({ do: one('follow' as const), ...pair })],
  [6, fc.record({ do: one('unfollow', 'accept', 'block', 'unblock', 'mute', 'unmute'), ...pair })],
  [2, fc.record({ do: one('rejectRequest', 'removeFollower'), ...pair })],
  [9, fc.record({ do: one('like', 'unlike', 'save', 'unsave', 'comment', 'uncomment'), who, post })],
  [5, fc.record({ do: one('delete', 'edit'), who, post })],
  [4, fc.record({ do: one('goPrivate', 'goPublic'), who })],
  [1, fc.record({ do: one('rename' as const), who })],
)
const act = weighted<Act>(
  [46, change],
  [4, fc.record({ do: one('together' as const), changes: fc.array(change, { minLength: 2, maxLength: 6 }) })],
  [3, fc.record({ do: one<'settle' | 'forgetCaches'>('settle', 'forgetCaches') })],
  [1, fc.record({ do: one('loseTimeline' as const), who })],
  [2, fc.record({ do: one('pass' as const), seconds: one(400, 2000, 4000, 31 * 86_400) })],
)
const limit = fc.integer({ min: 1, max: 50 })
const look = weighted<Look>(
  [6, fc.record({ at: one('glance' as const), who, limit })],
  [3, fc.record({ at: one('settled' as const), who, limit: fc.integer({ min: 7, max: 50 }) })],
  [
    2,
    fc.record({ at: one('lists' as const), ...pair, tag: fc.nat(2), limit: fc.integer({ min: 7, max: 50 }) }),
  ],
  [1, fc.record({ at: one('meanwhile' as const), who, sort: one<Sort>('chronological', 'ranked'), limit })],
)
const story = fc.record({
  follows: fc.uniqueArray(fc.tuple(who, who), { maxLength: 20, selector: String }),
  steps: fc.array(fc.record({ act, look }), { minLength: 10, maxLength: 50, size: 'max' }),
})

test(
  'every feed shows what the tables say',
  async () => {
    let run = 0
    // Asked before each run: one that has begun plays on, and would do so in the midst of the next test.
    const isLate = lateAfter(FEED_RUNS ? Number.POSITIVE_INFINITY : 30_000)
    const playOut = fc.asyncProperty(story, async ({ follows, steps }) => {
      if (isLate()) return
      run += 1
      const names = Array.from({ length: PEOPLE }, (_, n) => `m${n}.run${run}`)
      const scene = await FeedScene.open(system, reference, names)
      for (const [follower, followee] of follows)
        await scene.play({ do: 'follow', who: follower, whom: followee })
      await new Watch(scene).settle()
      const watch = new Watch(scene)
      for (const [n, step] of steps.entries()) {
        await watch.take(step).catch((cause: Error) => {
          throw new Error(`step ${n}, ${JSON.stringify(step)}: ${cause.message}`, { cause })
        })
      }
      for (let viewer = 0; viewer < PEOPLE; viewer++) await watch.settled(viewer, 20)
    })
    await fc.assert(playOut, {
      numRuns: Number(FEED_RUNS ?? 12),
      ...(FEED_RUNS ? { endOnFailure: true } : {}),
      ...(FEED_SEED ? { seed: Number(FEED_SEED), path: FEED_PATH ?? '' } : {}),
    })
  },
  FEED_RUNS ? 3_600_000 : 180_000,
)

function lateAfter(ms: number): () => boolean {
  const deadline = performance.now() + ms
  return () => performance.now() > deadline
}

test('what a timeline no longer keeps is read from the authors', async () => {
  const scene = await FeedScene.open(system, reference, ['reader.of.many', 'author.of.many'])
  const watch = new Watch(scene)
  const write = (posts: number) => scene.play({ do: 'publish', who: 1, posts, tag: 0 })
  await scene.play({ do: 'follow', who: 0, whom: 1 })
  await watch.settled(0, 50)
  await write(170)
  await watch.settled(0, 50)
  for (let n = 0; n < 3; n++) {
    await scene.play({ do: 'pass', seconds: 2000 })
    await watch.settled(0, 50)
    await write(60)
  }
  expect((await system.timelineOf(scene.people[0] as Person)).length).toBeLessThan(300)
})

/** Looks at what members are shown, and remembers what each was owed when all had last settled. */
class Watch {
  readonly #scene: FeedScene
  #owed = new Map<string, PostId[]>()

  constructor(scene: FeedScene) {
    this.#scene = scene
  }

  async take({ act, look }: { act: Act; look: Look }): Promise<void> {
    if (look.at === 'meanwhile') return this.#meanwhile(look, act)
    await this.#scene.play(act)
    if (this.#scene.isSettled) await this.#noteOwed()
    if (look.at === 'glance') return this.#glance(look.who, look.limit)
    if (look.at === 'settled') return this.settled(look.who, look.limit)
    return this.#lists(look)
  }

  async settle(): Promise<void> {
    await this.#scene.settle()
    await this.#noteOwed()
  }

  async #noteOwed(): Promise<void> {
    const truth = await this.#scene.truth()
    this.#owed = new Map(this.#scene.ids.map((id) => [id, homeOf(truth, id)]))
  }

  /** One page, whatever has been told by now: nothing that may not be seen, nothing missing that was there before. */
  async #glance(index: number, limit: number): Promise<void> {
    const scene = this.#scene
    const viewer = await scene.member(index)
    const { items, next_cursor } = await viewer.api.feed.home({ query: { sort: 'chronological', limit } })
    const truth = await scene.truth()
    const got = this.#check(truth, viewer.id, items)
    const home = homeOf(truth, viewer.id)
    expect(got.filter((id) => !home.includes(id))).toEqual([])
    expect(got).toEqual([...new Set(got)].toSorted().reverse())
    if (next_cursor !== null) expect(items).toHaveLength(limit)
    const authors = new Map(truth.posts.map((post) => [post.post_id, post.author_id]))
    const lowest = next_cursor === null ? '' : (got.at(-1) ?? '')
    const owed = (this.#owed.get(viewer.id) ?? []).filter(
      (id) => home.includes(id) && id >= lowest && !scene.disturbed.has(`${viewer.id} ${authors.get(id)}`),
    )
    expect(owed.filter((id) => !got.includes(id))).toEqual([])
  }

  /** Everything, once all has been told. */
  async settled(index: number, limit: number): Promise<void> {
    const scene = this.#scene
    await this.settle()
    const viewer = await scene.member(index)
    const home = (sort: Sort) =>
      pages(limit, (cursor) => viewer.api.feed.home({ query: { sort, limit, cursor } }))
    const [newest, ranked, profile] = [
      await home('chronological'),
      await home('ranked'),
      await viewer.api.members.me(),
    ]
    const truth = await scene.truth()
    const expected = homeOf(truth, viewer.id)
    expect(this.#check(truth, viewer.id, newest)).toEqual(expected)
    expect(this.#check(truth, viewer.id, ranked).toSorted().reverse()).toEqual(expected)
    const own = await viewer.api.members.profile({ params: profile })
    expect(own).toMatchObject(profileCountsOf(truth, viewer.id))
    const elsewhere = new Person(onlooker.baseUrl, viewer.username, viewer.session)
    const query = { sort: 'chronological', limit } as const
    const agree = async () => {
      const { items } = await elsewhere.api.feed.home({ query })
      expect(this.#check(truth, viewer.id, items)).toEqual(expected.slice(0, limit))
    }
    await vi.waitFor(agree, withinASecond())
  }

  /** These are read from the truth, so they hold at once. */
  async #lists({ who, whom, tag, limit }: { who: number; whom: number; tag: number; limit: number }) {
    const scene = this.#scene
    // A picture that is processed meanwhile would change them.
    if (!scene.isSettled) await this.settle()
    const viewer = await scene.member(who)
    const author = await scene.member(whom)
    const name = sceneTags[tag] ?? ''
    const truth = await scene.truth()
    const params = { username: truth.members.get(author.id)?.username ?? '' }
    for (const [{ api }, id] of [
      [viewer, viewer.id],
      [system.visitor(), null],
    ] as const) {
      const profile = await pages(limit, (cursor) =>
        api.feed.user({ params, query: { limit, cursor } }),
      ).catch(absent)
      const expected = profileOf(truth, id, author.id)
      expect(profile && this.#check(truth, id, profile)).toEqual(expected)
      const tagged = await pages(limit, (cursor) =>
        api.feed.hashtag({ params: { tag: name }, query: { limit, cursor } }),
      )
      expect(
        this.#check(
          truth,
          id,
          tagged.filter((post) => scene.ids.includes(post.user.user_id)),
        ),
      ).toEqual(hashtagOf(truth, id, name))
    }
    const saved = await pages(limit, (cursor) => viewer.api.feed.saved({ query: { limit, cursor } }), 'loose')
    expect(this.#check(truth, viewer.id, saved)).toEqual(savedOf(truth, viewer.id))
  }

  /** What stands before and after is shown, nothing that stands neither before nor after is, and nothing twice. */
  async #meanwhile(
    { who, sort, limit }: { who: number; sort: Sort; limit: number },
    act: Act,
  ): Promise<void> {
    const scene = this.#scene
    await this.settle()
    const viewer = await scene.member(who)
    const before = homeOf(await scene.truth(), viewer.id)
    let turn = 0
    const got = await pages(limit, async (cursor) => {
      if (turn++ === 1) {
        await scene.play(act)
        if (scene.isSettled) await this.#noteOwed()
        await scene.member(who)
      }
      return viewer.api.feed.home({ query: { sort, limit, cursor } })
    })
    const ids = got.map((post) => post.post_id)
    const after = turn > 1 ? homeOf(await scene.truth(), viewer.id) : before
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !before.includes(id) && !after.includes(id))).toEqual([])
    expect(before.filter((id) => after.includes(id) && !ids.includes(id))).toEqual([])
    if (sort === 'chronological') expect(ids).toEqual(ids.toSorted().reverse())
  }

  /** Each of these posts may be seen and is told as it is; answers the ids. */
  #check(truth: Truth, viewer: Post['user']['user_id'] | null, posts: readonly Post[]): PostId[] {
    const isSettled = this.#scene.isSettled
    for (const shown of posts) {
      const post = truth.posts.find(({ post_id }) => post_id === shown.post_id)
      if (!post || !isVisible(truth, viewer, post))
        throw new Error(`${shown.post_id} may not be seen by ${viewer}`)
      const { user, caption } = shown
      expect({ username: user.username, is_private: user.is_private, caption, viewer: shown.viewer }).toEqual(
        shownOf(truth, viewer, post),
      )
      expect(shown.media).toHaveLength(post.status === 'published' ? 1 : 0)
      const { likes_count, comments_count } = shown
      if (isSettled) expect({ likes_count, comments_count }).toEqual(countersOf(truth, post.post_id))
      expect(likes_count).toBeGreaterThanOrEqual(shown.viewer.liked ? 1 : 0)
      const own = truth.comments.filter((pair) => pair === `${viewer} ${post.post_id}`).length
      expect(comments_count).toBeGreaterThanOrEqual(own)
    }
    return posts.map((post) => post.post_id)
  }
}

/** All pages; none but the last may be short (or, `loose`, empty). */
async function pages(
  limit: number,
  read: (cursor: string | undefined) => Promise<Page<Post>>,
  kind: 'full' | 'loose' = 'full',
): Promise<Post[]> {
  const posts: Post[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next_cursor } = await read(cursor)
    posts.push(...items)
    if (next_cursor === null) return posts
    if (kind === 'full') expect(items).toHaveLength(limit)
    cursor = next_cursor
  }
}

/** Refused as if there were nothing. */
function absent(error: { code?: string }): undefined {
  if (error.code !== 'not_found') throw error
}
