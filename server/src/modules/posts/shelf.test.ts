import { type Post, type PostId, TintypeError } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Posts that are put away and taken out again, and those that stand first on a profile. */
let system: TestSystem
let [ana, ben, cleo]: [Person, Person, Person] = [] as never

beforeAll(async () => {
  system = await startSystem()
  const [, ...people] = await system.people('the.owner', 'ana', 'ben', 'cleo')
  ;[ana, ben, cleo] = people as [Person, Person, Person]
  await ben.follow(ana)
})
afterAll(() => system[Symbol.asyncDispose]())

const holds = (page: { items: { post_id: PostId }[] }, post: Post) =>
  page.items.some(({ post_id }) => post_id === post.post_id)
async function reaches(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof TintypeError && error.code === 'not_found') return false
    throw error
  }
}
const gridOf = async (author: Person, viewer: Person, limit = 20) =>
  (await viewer.api.feed.user({ params: author, query: { limit } })).items.map(({ caption }) => caption)

test('an archived post is its author’s alone wherever it was pointed at, and comes back where it was', async () => {
  const older = await ana.share({ caption: 'older #rope @cleo' })
  await system.settle()
  await ana.share({ caption: 'newer' })
  await system.settle()
  const said = await cleo.comment(older, 'nice')
  await ana.comment(older, 'thanks', said)
  await ana.api.comments.like({ params: said })
  for (const one of [ben, cleo]) await one.like(older)
  await ben.save(older)
  const { post_id } = older
  const collection = await ben.api.collections.create({ body: { name: 'Kept', post_id } })
  const original = await ana.api.media.original({
    params: { media_id: (await ana.post(post_id)).media[0]?.media_id as never },
  })
  await system.settle()
  const url = async (viewer: Person) => (await viewer.post(post_id)).media[0]?.url ?? ''
  const fetched = async (path: string) => (await fetch(new URL(path, system.baseUrl))).status
  const address = await url(ben)
  const ways: Record<string, () => Promise<boolean>> = {
    post: async () => (await ben.post(post_id)).post_id === post_id,
    home: async () => (await ben.home()).includes(post_id),
    'home, ranked': async () => (await ben.home('ranked')).includes(post_id),
    grid: async () => (await gridOf(ana, ben)).includes(older.caption),
    hashtag: async () => holds(await ben.api.feed.hashtag({ params: { tag: 'rope' } }), older),
    tags: async () => (await ben.api.search.autocomplete({ query: { q: '#rope' } })).length > 0,
    saved: async () => holds(await ben.api.feed.saved(), older),
    collection: async () => holds(await ben.api.collections.posts({ params: collection }), older),
    explore: async () => holds(await system.visitor().api.feed.explore({ query: { limit: 50 } }), older),
    comments: async () => (await cleo.api.comments.list({ params: older })).items.length > 0,
    replies: async () => (await cleo.api.comments.replies({ params: said })).items.length > 0,
    likes: async () => (await ben.api.engagement.likes({ params: older })).items.length === 2,
    like: async () => (await cleo.api.engagement.like({ params: older })).liked,
    notices: async () => (await cleo.notifications()).some((notice) => notice.subject.partition === post_id),
    unread: async () => (await cleo.api.members.me()).unread_notifications > 0,
    picture: async () => (await fetched(address)) === 200,
    topic: async () => Live.canJoin(system.baseUrl, cleo.session.access_token ?? '', `post:${post_id}`),
  }
  const open = async () => {
    const found = await Promise.all(
      Object.entries(ways).map(async ([name, ask]) => ((await reaches(ask)) ? name : undefined)),
    )
    return found.filter((name) => name !== undefined)
  }
  const before = await ben.post(post_id)
  const posts = (await ben.profile(ana)).posts_count
  expect(await open()).toEqual(Object.keys(ways))
  const live = await Live.of(cleo)
  await live.subscribe(`post:${post_id}`)

  const archived = await ana.api.postShelf.archive({ params: older })
  expect(archived).toMatchObject({ status: 'archived', likes_count: 2, comments_count: 2 })
  expect(await open()).toEqual([])
  await system.settle()
  expect(await open()).toEqual([])
  await live.next('unsubscribed')
  await live.close()
  expect((await ben.profile(ana)).posts_count).toBe(posts - 1)
  // Its author finds it in the archive, with its picture, and nowhere between the others.
  expect((await ana.api.postShelf.archived()).items.map((post) => post.post_id)).toEqual([post_id])
  expect((await ben.api.postShelf.archived()).items).toEqual([])
  expect(await gridOf(ana, ana)).toEqual(['newer'])
  expect(await ana.home()).not.toContain(post_id)
  expect(await fetched(await url(ana))).toBe(200)
  expect(await fetched(original.url)).toBe(200)
  expect((await ana.api.postShelf.archive({ params: older })).status).toBe('archived')
  for (const act of ['archive', 'restore', 'pin', 'unpin'] as const)
    await expect(ben.api.postShelf[act]({ params: older })).rejects.toMatchObject({ code: 'not_found' })
  await ana.api.posts.edit({ params: older, body: { caption: 'older #rope #knot @cleo' } })
  // Who follows only now finds it, too, once it is back.
  await cleo.follow(ana)
  await system.settle()
  expect(holds(await ben.api.feed.hashtag({ params: { tag: 'knot' } }), older)).toBe(false)

  await ana.api.postShelf.restore({ params: older })
  await system.settle()
  ways.grid = async () => (await gridOf(ana, ben)).at(-1) === 'older #rope #knot @cleo'
  ways.followed = async () => (await cleo.home()).includes(post_id)
  ways.knot = async () => holds(await ben.api.feed.hashtag({ params: { tag: 'knot' } }), older)
  expect(await open()).toEqual(Object.keys(ways))
  const { edited_at: _, caption: __, facets: ___, ...after } = await ben.post(post_id)
  expect(before).toMatchObject(after)
  expect(await url(ben)).toBe(address)
  expect((await ben.profile(ana)).posts_count).toBe(posts)
  expect((await ana.api.postShelf.restore({ params: older })).status).toBe('published')
})

test('three posts can be pinned and stand first; what is archived or deleted makes room', async () => {
  const author = cleo
  const posts: Post[] = []
  for (const caption of ['1', '2', '3', '4', '5']) {
    posts.push(await author.share({ caption }))
    await system.settle()
  }
  const [one, two, three, four, five] = posts as [Post, Post, Post, Post, Post]
  const { pin, unpin, archive } = author.api.postShelf
  await pin({ params: four })
  expect(await pin({ params: one })).toMatchObject({ pinned: true })
  await pin({ params: four })
  expect(await gridOf(author, ben)).toEqual(['1', '4', '5', '3', '2'])
  const last = await Promise.allSettled([five, three].map((post) => pin({ params: post })))
  expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(pin({ params: two })).rejects.toMatchObject({ code: 'post_pins_full' })
  const processing = await author.share({ caption: '6' })
  await expect(pin({ params: processing })).rejects.toMatchObject({ code: 'post_not_published' })
  await author.delete(processing)
  // Every one once, in pages of any size.
  for (const limit of [2, 4]) {
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await ben.api.feed.user({
        params: author,
        query: { limit, ...(cursor === undefined ? {} : { cursor }) },
      })
      seen.push(...page.items.map(({ caption }) => caption))
      cursor = page.next_cursor
    }
    expect([...seen].sort()).toEqual(['1', '2', '3', '4', '5'])
  }
  await archive({ params: one })
  expect((await author.api.postShelf.restore({ params: one })).pinned).toBeUndefined()
  expect((await unpin({ params: four })).pinned).toBeUndefined()
  await author.delete((await author.post(five.post_id)).pinned ? five : three)
  await system.settle()
  const grid = await gridOf(author, ben)
  expect(grid).toEqual([...grid].sort().reverse())
  await pin({ params: two })
  expect((await gridOf(author, author))[0]).toBe('2')
})
