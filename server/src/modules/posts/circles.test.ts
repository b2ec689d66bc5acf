import { randomUUID } from 'node:crypto'
import type { CircleId, ConversationId, Post } from '@tintype/contract'
import { Live, type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { circleOf, code, has, picture, takeOut } from './circles.suite.ts'

/** Who sees what of a post that is for a circle, over every way to a post. */
const roles = [
  'owner',
  'inside',
  'unbound',
  'outside',
  'stranger',
  'taken',
  'removed',
  'blocked',
  'blocker',
  'other',
] as const
type Role = (typeof roles)[number] | 'visitor'
const admitted: Role[] = ['owner', 'inside', 'unbound']

let system: TestSystem
let people: Record<Role, Person>
let circle_id: CircleId
let post: Post
let open: Post

beforeAll(async () => {
  system = await startSystem()
  // As a name alone some of these are kept free.
  const made = await system.people(...roles.map((role) => `${role}.r`))
  people = Object.fromEntries(roles.map((role, at) => [role, made[at]])) as typeof people
  people.visitor = system.visitor()
  const { owner, inside, unbound, outside, taken, removed, blocked, blocker, other } = people
  for (const fan of [inside, outside, taken, removed, blocked, blocker]) {
    await fan.follow(owner)
    await fan.home()
  }
  await owner.home()
  circle_id = await circleOf(owner, inside, unbound, taken, removed, blocked, blocker)
  // Somebody else's circle is no way in.
  await circleOf(other, people.stranger, outside)
  const { post_id } = await owner.share({
    caption: 'heron #marsh @outside.r @inside.r',
    circles: [circle_id],
    location: { name: 'The reed bed' },
    people: [{ username: 'outside.r', picture: 0, x: 0.5, y: 0.5 }],
    downloads_allowed: true,
    photos: [await photo(1, { width: 64, height: 64 })],
  })
  await system.settle()
  post = await owner.post(post_id)
  open = await owner.share({ caption: 'a pier #marsh', photos: [await photo(2, { width: 64, height: 64 })] })
  await system.settle()
  open = await owner.post(open.post_id)
  await takeOut(owner, circle_id, taken)
  await owner.api.graph.removeFollower({ params: removed })
  await owner.block(blocked)
  await blocker.block(owner)
  await owner.comment(post, 'a word')
  await owner.like(post)
  await system.settle()
}, 240_000)
afterAll(() => system[Symbol.asyncDispose]())

const fetched = async (url: string) => (await fetch(new URL(url, system.baseUrl))).status

/** Each answers whether the post is found this way. */
const ways: Record<string, { ask: (who: Person, role: Role) => Promise<boolean>; found: Role[] }> = {
  itself: {
    ask: async (who) => (await who.post(post.post_id)).caption !== '',
    found: admitted,
  },
  'its picture': {
    ask: async (who) => (await fetched(picture(await who.post(post.post_id)))) === 200,
    found: admitted,
  },
  'its author’s profile': {
    ask: async ({ api }) => has(post, await api.feed.user({ params: people.owner })),
    found: admitted,
  },
  'the home feed': {
    ask: async ({ api }) => has(post, await api.feed.home({ query: { sort: 'chronological', limit: 50 } })),
    found: ['owner', 'inside'],
  },
  'the ranked home feed': {
    ask: async ({ api }) => has(post, await api.feed.home({ query: { limit: 50 } })),
    found: ['owner', 'inside'],
  },
  'the feed of favourites': {
    ask: async ({ api }, role) => {
      if (role === 'owner') return false
      await api.feed.addFavourite({ params: people.owner })
      return has(post, await api.feed.home({ query: { sort: 'favourites', limit: 50 } }))
    },
    found: ['inside', 'unbound'],
  },
  'its comments': {
    ask: async ({ api }) => (await api.comments.list({ params: post })).items.length > 0,
    found: admitted,
  },
  'who likes it': {
    ask: async ({ api }) => (await api.engagement.likes({ params: post })).items.length > 0,
    found: admitted,
  },
  'its photographs to take along': {
    ask: async ({ api }) => (await api.downloads.ofPost({ params: post })).length > 0,
    found: admitted,
  },
  'who is in it': {
    ask: async ({ api }) => (await api.photoTags.list({ params: post })).length > 0,
    found: admitted,
  },
  'photographs of who is in it': {
    ask: async ({ api }) => has(post, await api.photoTags.ofMember({ params: people.outside })),
    found: admitted,
  },
  'a hashtag': {
    ask: async ({ api }) => has(post, await api.feed.hashtag({ params: { tag: 'marsh' } })),
    found: [],
  },
  'a place': {
    ask: async ({ api }) => (await api.places.posts({ params: { place: 'The reed bed' } })).items.length > 0,
    found: [],
  },
  search: {
    ask: async ({ api }) => (await api.search.find({ query: { q: 'heron' } })).items.length > 0,
    found: [],
  },
  explore: {
    ask: async ({ api }) => has(post, await api.feed.explore({ query: { limit: 50 } })),
    found: [],
  },
  'a topic': {
    ask: (who, role) =>
      role === 'visitor'
        ? Promise.resolve(false)
        : Live.canJoin(system.baseUrl, who.session.access_token ?? '', `post:${post.post_id}`),
    found: admitted,
  },
  'a like of it': {
    ask: async ({ api }) => (await api.engagement.like({ params: post })).liked,
    found: admitted,
  },
}

describe.each(Object.entries(ways))('%s', (_, { ask, found }) => {
  test('leads to it whom it is for, and nobody else', async () => {
    for (const role of [...roles, 'visitor'] as const) {
      const answer = await ask(people[role], role).catch((error) => {
        if (['not_found', 'unauthorized', 'cannot_target_self'].includes(error.code)) return false
        throw error
      })
      expect([role, answer]).toEqual([role, found.includes(role)])
    }
  })
})

test('nothing that is for everybody has it: embedding, the feed of news, the list for search engines', async () => {
  const paths = [
    `/p/${post.post_id}`,
    `/embed/${post.post_id}`,
    '/feed/users/owner.r.atom',
    '/feed/tags/marsh.json',
    '/sitemap.xml',
    '/owner.r',
    `/api/oembed?url=${encodeURIComponent(`${system.baseUrl}/p/${post.post_id}`)}`,
  ]
  for (const path of paths) {
    const text = await (await fetch(system.baseUrl + path)).text()
    const media = post.media.map(({ media_id }) => media_id)
    expect([path, ['heron', ...media].filter((secret) => text.includes(secret))]).toEqual([path, []])
  }
  const news = await (await fetch(`${system.baseUrl}/feed/users/owner.r.atom`)).text()
  expect(news).toContain('a pier')
})

test('its author alone is told which circle it is for; nobody learns its name or who is in it', async () => {
  const { owner, inside } = people
  expect(await owner.post(post.post_id)).toMatchObject({ for_circles: true, circles: [circle_id] })
  const seen = await inside.post(post.post_id)
  expect(seen).toMatchObject({ for_circles: true })
  expect(JSON.stringify(seen)).not.toMatch(/secret|circles":\[/)
  expect(await inside.post(open.post_id)).not.toHaveProperty('for_circles')
})

test('it is counted for nobody on the profile, archived and restored and counted anew too', async () => {
  const { owner, inside, outside, visitor } = people
  const counts = () =>
    Promise.all([owner, inside, outside, visitor].map(async (who) => (await who.profile(owner)).posts_count))
  expect(await counts()).toEqual([1, 1, 1, 1])
  await owner.api.postShelf.archive({ params: post })
  await system.settle()
  expect(await counts()).toEqual([1, 1, 1, 1])
  expect(await code(inside.post(post.post_id))).toBe('not_found')
  await owner.api.postShelf.restore({ params: post })
  await system.settle()
  expect(await counts()).toEqual([1, 1, 1, 1])
  expect(await inside.home()).toContain(post.post_id)
  expect(await outside.home()).not.toContain(post.post_id)
})

test('those are told of it who may see it', async () => {
  const { outside, inside, owner } = people
  const told = async (who: Person) => (await who.notifications()).map(({ type }) => type)
  expect(await told(inside)).toContain('mention')
  expect(await told(outside)).toEqual([])
  await owner.comment(post, 'do you see it, @stranger.r and @unbound.r ?')
  await system.settle()
  expect(await told(people.stranger)).toEqual([])
  expect(await told(people.unbound)).toEqual(['mention'])
})

test('it is passed on by nobody, and shown in messages to whom it is for', async () => {
  const { owner, inside, outside, unbound } = people
  expect(await code(inside.api.reposts.repost({ params: post }))).toBe('repost_refused')
  expect(await inside.api.reposts.get({ params: post })).toMatchObject({ allowed: false })
  const sent = async (to: Person) => {
    const subject = { kind: 'post' as const, id: post.post_id }
    const body = { client_message_id: randomUUID(), subject, usernames: [to.username] }
    const [sent] = (await inside.api.messages.share({ body })).messages
    const { conversation_id } = sent as { conversation_id: ConversationId }
    return JSON.stringify((await to.api.messages.list({ params: { conversation_id } })).items)
  }
  expect(await sent(unbound)).toContain('heron')
  expect(await sent(outside)).not.toContain('heron')
  // A link is its author's own act, and opens what they made it for.
  const link = await owner.api.links.create({ params: post, body: {} })
  expect(await (await fetch(system.baseUrl + link.path)).text()).toContain('heron')
})

test('links to its pictures expire as those of private accounts do', async () => {
  const { owner, inside } = people
  const url = new URL(picture(await inside.post(post.post_id)), system.baseUrl)
  expect(url.searchParams.get('e')).not.toBeNull()
  expect((await fetch(url)).headers.get('cache-control')).toMatch(/^private/)
  const key = url.searchParams.get('k')
  expect(await fetched(`${url.pathname}?k=${key}`)).toBe(404)
  const plain = new URL(picture(await owner.post(open.post_id)), system.baseUrl)
  expect(plain.searchParams.get('e')).toBeNull()
  expect(await fetched(`${plain.pathname}?k=${plain.searchParams.get('k')}`)).toBe(200)
})
