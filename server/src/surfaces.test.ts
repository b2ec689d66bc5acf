import type { Post, PostId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let system: TestSystem
let author: Person
let reader: Person
let post: Post
let plain: Post
beforeAll(async () => {
  system = await startSystem()
  ;[author, reader] = await system.people('author', 'reader')
  post = await author.share({ caption: 'A spider #walls', sensitive: true, location: { name: 'Mill' } })
  plain = await author.share({ caption: 'A door #walls', location: { name: 'Mill' } })
  await system.settle()
})
afterAll(() => system[Symbol.asyncDispose]())
beforeEach(() => reader.api.viewing.change({ body: { sensitive: 'standard', muted_words: [] } }))

type Ask = (who: Person) => Promise<readonly Pick<Post, 'post_id'>[]>
/** Every list in which posts come to who did not ask for each of them. */
const lists: Record<string, Ask> = {
  explore: async ({ api }) => (await api.feed.explore({ query: { limit: 50 } })).items,
  hashtag: async ({ api }) => (await api.feed.hashtag({ params: { tag: 'walls' } })).items,
  search: async ({ api }) =>
    (await api.search.find({ query: { q: 'walls', type: 'posts' } })).items.flatMap((hit) =>
      hit.type === 'post' ? [hit.post] : [],
    ),
}
const has = async (ask: Ask, who: Person, id: PostId) => (await ask(who)).some((one) => one.post_id === id)
const shows = (who: Person, level: 'more' | 'standard' | 'less') =>
  who.api.viewing.change({ body: { sensitive: level } })

test.each(Object.keys(lists))('%s has it at every level but less', async (name) => {
  const ask = lists[name] as Ask
  for (const [level, expected] of [
    ['more', true],
    ['standard', true],
    ['less', false],
  ] as const) {
    await shows(reader, level)
    expect(await has(ask, reader, post.post_id), level).toBe(expected)
    expect(await has(ask, reader, plain.post_id), level).toBe(true)
  }
})

test('home has it at every level, covered unless its reader wants more', async () => {
  await reader.follow(author)
  await system.settle()
  const seen = async () => (await reader.api.feed.home()).items.find((one) => one.post_id === post.post_id)
  for (const level of ['standard', 'less', 'more'] as const) {
    await shows(reader, level)
    const shown = await seen()
    expect(shown).toMatchObject({ sensitive: true })
    expect(shown?.viewer.uncovered, level).toBe(level === 'more' ? true : undefined)
  }
  await reader.unfollow(author)
  await system.settle()
})

test('where it is only pointed at, it has no picture but for its author and who wants more', async () => {
  const sent = await author.api.messages.share({
    body: {
      client_message_id: 'a-shared-post',
      subject: { kind: 'post', id: post.post_id },
      usernames: [reader.username],
    },
  })
  const [{ conversation_id } = { conversation_id: '' as never }] = sent.messages
  const pictured = async (who: Person) => {
    const { items } = await who.api.messages.list({ params: { conversation_id } })
    const [share] = items[0]?.attachments ?? []
    if (share?.type !== 'share' || !share.preview) throw new Error('nothing was shared')
    return share.preview.picture !== null
  }
  expect(await pictured(reader)).toBe(false)
  await shows(reader, 'more')
  expect(await pictured(reader)).toBe(true)
  expect(await pictured(author)).toBe(true)
})

test('visitors never find it in explore, and nothing of it where its link goes', async () => {
  const visitor = await (await fetch(`${system.baseUrl}/api/v1/feed/explore`)).text()
  expect(visitor).toContain(plain.post_id)
  expect(visitor).not.toContain(post.post_id)
  for (const path of [`/embed/${post.post_id}`, `/p/${post.post_id}`]) {
    const page = await (await fetch(system.baseUrl + path, { headers: { accept: 'text/html' } })).text()
    expect(page, path).not.toContain('og:image')
    expect(page, path).not.toMatch(/<img[^>]+\/media\//)
  }
})

test('its author takes the mark back, and what moderators say stays', async () => {
  const own = await author.share({ sensitive: true })
  expect(await author.post(own.post_id)).toMatchObject({ sensitive: true })
  const edited = await author.api.posts.edit({ params: own, body: { sensitive: false } })
  expect(edited.sensitive).toBeUndefined()
})

test('a muted word keeps posts of others out of home, explore and hashtags, not off the profile', async () => {
  await reader.follow(author)
  await system.settle()
  await reader.api.viewing.change({ body: { muted_words: ['Spider', 'Spider'] } })
  expect((await reader.api.viewing.get()).muted_words).toEqual(['Spider'])
  const all: Record<string, Ask> = {
    ...lists,
    ranked: async ({ api }) => (await api.feed.home()).items,
    latest: async ({ api }) => (await api.feed.home({ query: { sort: 'chronological' } })).items,
  }
  for (const [name, ask] of Object.entries(all))
    expect(await has(ask, reader, post.post_id), name).toBe(false)
  expect(await has(all.latest as Ask, reader, plain.post_id)).toBe(true)
  const profile: Ask = async ({ api }) => (await api.feed.user({ params: author })).items
  expect(await has(profile, reader, post.post_id)).toBe(true)
  expect(await has(all.latest as Ask, author, post.post_id)).toBe(true)
})
