import type { LimitedAccounts, Post } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** In a wave ana holds back what strangers (sam) and new followers (nora) do; old followers (ben) and whom she follows herself (cleo) go on. */
let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const DAY_MS = 86_400_000
const names = ['ana', 'ben', 'cleo', 'nora', 'sam'] as const

let round = 0
async function scene() {
  round++
  const people = await system.people(...names.map((name) => `${name}.${round}`))
  const [ana, ben, cleo, nora, sam] = people as [Person, Person, Person, Person, Person]
  await ben.follow(ana)
  system.clock.advance(8 * DAY_MS)
  await Promise.all(people.map((person) => person.logIn()))
  await nora.follow(ana)
  await ana.follow(cleo)
  const post = await ana.share({})
  await system.settle()
  return { ana, ben, cleo, nora, sam, post }
}
const limit = async (ana: Person, accounts: LimitedAccounts, days = 2) => {
  const set = await ana.api.interactionLimit.set({ body: { accounts, days } })
  await system.settle()
  return set
}
const lift = async (ana: Person) => {
  expect(await ana.api.interactionLimit.lift({})).toEqual({ limit: null })
  await system.settle()
}
const runSchedule = async () => {
  const schedule = system.system.schedules.find(({ name }) => name === 'graph.limits')
  await schedule?.run(new AbortController().signal)
  await system.settle()
}
const held = async (ana: Person) => (await ana.api.commentReview.held({ query: {} })).items
const texts = async (viewer: Person, post: Post) =>
  (await viewer.api.comments.list({ params: post })).items.map(({ text }) => text).sort()
/** Each says their own name. */
const commentAll = async (post: Post, people: readonly Person[]) => {
  for (const person of people) expect(await person.comment(post, person.username)).not.toHaveProperty('held')
}

test.each([
  ['strangers', ['sam']],
  ['new_followers', ['nora']],
  ['both', ['nora', 'sam']],
] as const)('of %s alone comments wait, without a sign, and ring nobody', async (accounts, waiting) => {
  const { ana, ben, cleo, nora, sam, post } = await scene()
  await limit(ana, accounts)
  await commentAll(post, [ben, cleo, nora, sam])
  await system.settle()
  const all = [ben, cleo, nora, sam].map(({ username }) => username)
  const kept = waiting.map((name) => `${name}.${round}`)
  const shown = all.filter((name) => !kept.includes(name))
  expect(await texts(ana, post)).toEqual(shown)
  expect(await texts(sam, post)).toEqual(
    [...new Set([...shown, ...kept.filter((name) => name === sam.username)])].sort(),
  )
  expect((await held(ana)).map(({ text }) => text).sort()).toEqual(kept)
  const rung = (await ana.notifications()).filter(({ type }) => type === 'comment')
  expect(rung).toHaveLength(1)
  expect(rung[0]?.others_count).toBe(shown.length - 1)
  const [first] = await held(ana)
  if (first) await ana.api.commentReview.approve({ params: { comment_id: first.comment_id } })
  expect(await texts(cleo, post)).toHaveLength(shown.length + 1)
})

test('nobody but the member learns of it; what was said last holds; it ends by itself, and what was held waits on', async () => {
  const { ana, sam, post } = await scene()
  expect(await ana.api.interactionLimit.get({})).toEqual({ limit: null })
  await limit(ana, 'new_followers', 1)
  const set = await limit(ana, 'both', 2)
  expect(set.limit).toEqual({
    accounts: 'both',
    ends_at: new Date(system.clock.now() + 2 * DAY_MS).toISOString(),
  })
  expect(await ana.api.interactionLimit.get({})).toEqual(set)
  expect(await sam.api.interactionLimit.get({})).toEqual({ limit: null })
  await sam.comment(post, 'first')
  system.clock.advance(2 * DAY_MS)
  await Promise.all([ana, sam].map((person) => person.logIn()))
  // At its time, whenever the schedule comes.
  expect(await ana.api.interactionLimit.get({})).toEqual({ limit: null })
  await sam.comment(post, 'second')
  await runSchedule()
  expect(await texts(ana, post)).toEqual(['second'])
  expect((await held(ana)).map(({ text }) => text)).toEqual(['first'])
})

test('who begins to follow meanwhile is new until it ends; whom the member follows is free at once', async () => {
  const { ana, sam, post } = await scene()
  await limit(ana, 'both', 20)
  await sam.follow(ana)
  system.clock.advance(9 * DAY_MS)
  await Promise.all([ana, sam].map((person) => person.logIn()))
  // Said anew, it is as old as it was.
  await limit(ana, 'both', 20)
  await sam.comment(post, 'one')
  expect(await texts(ana, post)).toEqual([])
  await ana.follow(sam)
  await sam.comment(post, 'two')
  expect(await texts(ana, post)).toEqual(['two'])
})

test.each([
  { accounts: 'nobody', days: 1 },
  { accounts: 'both', days: 0 },
  { accounts: 'both', days: 29 },
])('refuses %o', async (body) => {
  const { ana } = await scene()
  await expect(ana.api.interactionLimit.set({ body: body as never })).rejects.toMatchObject({
    code: 'validation_failed',
  })
  expect(await ana.api.interactionLimit.get({})).toEqual({ limit: null })
})

const folders = async (person: Person) =>
  Promise.all(
    (['inbox', 'requests'] as const).map(
      async (folder) => (await person.api.conversations.list({ query: { folder } })).items.length,
    ),
  )
const say = async (from: Person, to: Person) => {
  const { conversation_id } = await from.api.conversations.create({ body: { usernames: [to.username] } })
  const body = { client_message_id: crypto.randomUUID(), text: 'hello' }
  await from.api.messages.send({ params: { conversation_id }, body })
  return conversation_id
}

test('what they have written moves to requests and back at its end; following one another moves it, too', async () => {
  const { ana, ben, sam } = await scene()
  for (const person of [ben, sam]) {
    const conversation_id = await say(person, ana)
    await ana.api.conversations.accept({ params: { conversation_id } })
  }
  await system.settle()
  expect(await folders(ana)).toEqual([2, 0])
  await limit(ana, 'both')
  expect([await folders(ana), await folders(sam)]).toEqual([
    [1, 1],
    [1, 0],
  ])
  await say(sam, ana)
  await system.settle()
  // That of ben.
  expect((await ana.api.conversations.unread()).count).toBe(1)
  await ana.follow(sam)
  await system.settle()
  expect(await folders(ana)).toEqual([2, 0])
  await ana.api.graph.unfollow({ params: sam })
  await ben.api.graph.unfollow({ params: ana })
  await system.settle()
  expect(await folders(ana)).toEqual([0, 2])
  system.clock.advance(3 * DAY_MS)
  await runSchedule()
  await Promise.all([ana, sam].map((person) => person.logIn()))
  expect(await folders(ana)).toEqual([2, 0])
})

test('whom one restricts stays where they are when the limit ends', async () => {
  const { ana, sam, post } = await scene()
  const conversation_id = await say(sam, ana)
  await ana.api.conversations.accept({ params: { conversation_id } })
  await ana.api.graph.restrict({ params: sam })
  await limit(ana, 'strangers')
  await lift(ana)
  expect(await folders(ana)).toEqual([0, 1])
  await sam.comment(post, 'rude')
  expect(await held(ana)).toHaveLength(1)
})

test('their tags wait, and their mentions do not ring', async () => {
  const { ana, ben, sam } = await scene()
  await limit(ana, 'strangers')
  const shareWith = async (person: Person) => {
    const people = [{ picture: 0, username: ana.username, x: 0.5, y: 0.5 }]
    return person.share({ caption: `@${ana.username}`, people })
  }
  await shareWith(ben)
  const { post_id } = await shareWith(sam)
  await system.settle()
  const pending = await ana.api.photoTags.pending({ query: {} })
  expect(pending.items.map((post) => post.post_id)).toEqual([post_id])
  const rung = (await ana.notifications()).filter(({ type }) => ['mention', 'tagged'].includes(type))
  expect(rung.map(({ actor }) => actor.username)).toEqual([ben.username, ben.username])
})
