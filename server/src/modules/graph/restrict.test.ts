import type { Comment, Post } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** Ben is restricted by ana: what he does reaches her when she looks for it, others when she says so, and he cannot tell. */
let system: TestSystem
let owner: Person
beforeAll(async () => {
  system = await startSystem()
  ;[owner] = await system.people('the.owner')
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
async function scene() {
  round++
  const [ana, ben, cleo] = await system.people(`ana.${round}`, `ben.${round}`, `cleo.${round}`)
  await ana.follow(ben)
  await ben.follow(ana)
  const post = await ana.share({})
  await system.settle()
  return { ana, ben, cleo, post }
}
const restrict = async (ana: Person, ben: Person) => {
  expect(await ana.api.graph.restrict({ params: ben })).toMatchObject({ restricting: true, following: true })
  await system.settle()
}
const unrestrict = async (ana: Person, ben: Person) => {
  expect(await ana.api.graph.unrestrict({ params: ben })).toMatchObject({ restricting: false })
  await system.settle()
}
const texts = async (viewer: Person, post: Post) =>
  (await viewer.api.comments.list({ params: post })).items.map(({ text }) => text)
const held = async (ana: Person) => (await ana.api.commentReview.held({ query: {} })).items
const names = async (ana: Person) =>
  (await ana.api.graph.restricted({ query: {} })).items.map(({ username }) => username)
const reply = (person: Person, { post_id, comment_id }: Comment, text: string) =>
  person.api.comments.create({ params: { post_id }, body: { text, parent_comment_id: comment_id } })

test('whom one restricts stands in one’s own list alone; twice is once', async () => {
  const { ana, ben, cleo } = await scene()
  await restrict(ana, ben)
  await restrict(ana, ben)
  expect([await names(ana), await names(ben), await names(cleo)]).toEqual([[ben.username], [], []])
  const seen = await ben.api.members.profile({ params: ana })
  expect(seen.viewer).toMatchObject({ restricting: false, following: true, followed_by: true })
  await expect(ana.api.graph.restrict({ params: ana })).rejects.toMatchObject({ code: 'cannot_target_self' })
  await ben.block(cleo)
  await expect(cleo.api.graph.restrict({ params: ben })).rejects.toMatchObject({ code: 'not_found' })
  await unrestrict(ana, ben)
  expect(await names(ana)).toEqual([])
})

test('what they comment only they see, as if it stood, and the author who looks for it', async () => {
  const { ana, ben, cleo, post } = await scene()
  await restrict(ana, ben)
  const comment = await ben.comment(post, 'rude')
  const params = { comment_id: comment.comment_id }
  expect(comment).not.toHaveProperty('held')
  expect([await texts(ben, post), await texts(ana, post), await texts(cleo, post)]).toEqual([
    ['rude'],
    [],
    [],
  ])
  const [own] = (await ben.api.comments.list({ params: post })).items
  expect(own).not.toHaveProperty('held')
  expect(await ben.api.comments.like({ params })).toEqual({ liked: true, likes_count: 1 })
  const answer = await reply(ben, comment, 'and once more')
  expect(answer).not.toHaveProperty('held')
  expect((await ben.api.comments.replies({ params })).items).toHaveLength(1)
  for (const other of [ana, cleo]) {
    await expect(other.api.comments.like({ params })).rejects.toMatchObject({ code: 'not_found' })
    await expect(reply(other, comment, 'no')).rejects.toMatchObject({ code: 'not_found' })
  }
  await system.settle()
  expect((await ana.notifications()).filter(({ type }) => type !== 'follow')).toEqual([])
  expect((await held(ana)).map(({ text }) => text)).toEqual(['and once more', 'rude'])
  // To approve an answer to their own is to approve what it answers.
  await ana.api.commentReview.approve({ params: { comment_id: answer.comment_id } })
  await system.settle()
  expect(await texts(cleo, post)).toEqual(['rude'])
  const [seen] = (await cleo.api.comments.list({ params: post })).items
  expect(seen).toMatchObject({ likes_count: 1, replies_count: 1 })
  expect(await held(ana)).toEqual([])
})

test('what is deleted while it waits is gone with its answers; lifted, comments stand at once', async () => {
  const { ana, ben, cleo, post } = await scene()
  await restrict(ana, ben)
  const comment = await ben.comment(post, 'one')
  await reply(ben, comment, 'two')
  await ana.api.comments.delete({ params: { comment_id: comment.comment_id } })
  expect(await held(ana)).toEqual([])
  await unrestrict(ana, ben)
  await ben.comment(post, 'three')
  expect(await texts(cleo, post)).toEqual(['three'])
})

test('words that the community holds or refuses are held and refused as anybody’s', async () => {
  const { ana, ben, post } = await scene()
  const words = [
    { word: 'badword', action: 'refuse' },
    { word: 'oddword', action: 'hold' },
  ] as const
  await owner.api.moderation.saveWords({ body: { words: [...words] } })
  await restrict(ana, ben)
  await expect(ben.comment(post, 'a badword')).rejects.toMatchObject({ code: 'words_refused' })
  expect(await ben.comment(post, 'an oddword')).toMatchObject({ held: true })
})

test('what is deleted while an answer to it is being approved waits for that, and holds nothing that it needs', async () => {
  const { ana, ben, post } = await scene()
  await restrict(ana, ben)
  const comment = await ben.comment(post, 'one')
  const answer = await reply(ben, comment, 'two')
  const { db } = system.engines
  const row = ({ comment_id }: Comment) =>
    sql`select from held_comments where post_id = ${post.post_id} and comment_id = ${comment_id} for update nowait`
  const waiting = async () => {
    const { rows } = await sql`
      select from pg_stat_activity where wait_event_type = 'Lock' and query like '%held_comments%'`.execute(
      db.query,
    )
    expect(rows).toHaveLength(1)
  }
  let deleted: Promise<unknown> | undefined
  await db.tx(async (tx) => {
    await row(answer).execute(tx)
    deleted = ben.api.comments.delete({ params: comment })
    await vi.waitFor(waiting, { timeout: 10_000, interval: 10 })
    await row(comment).execute(tx)
  })
  await deleted
  expect(await held(ana)).toEqual([])
})

test('nothing they do rings, and it does again after', async () => {
  const { ana, ben, post } = await scene()
  const told = async () =>
    (await ana.notifications()).map(({ type }) => type).filter((type) => type === 'like')
  await restrict(ana, ben)
  await ben.like(post)
  await system.settle()
  expect(await told()).toEqual([])
  await unrestrict(ana, ben)
  const next = await ana.share({})
  await system.settle()
  await ben.like(next)
  await system.settle()
  expect(await told()).toEqual(['like'])
})

const folders = async (person: Person) =>
  Promise.all(
    (['inbox', 'requests'] as const).map(
      async (folder) => (await person.api.conversations.list({ query: { folder } })).items.length,
    ),
  )
const send = (person: Person, { conversation_id }: { conversation_id: never }, text: string) =>
  person.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: crypto.randomUUID(), text },
  })

test('what the two have said moves to requests and back; they go on and learn nothing of its being read', async () => {
  const { ana, ben } = await scene()
  await ana.api.messages.changeSettings({
    body: { ...(await ana.api.messages.settings()), accept_from: 'following' },
  })
  const talk = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  const place = { conversation_id: talk.conversation_id as never }
  await send(ben, place, 'hello')
  await system.settle()
  expect(await folders(ana)).toEqual([1, 0])
  await restrict(ana, ben)
  expect([await folders(ana), await folders(ben)]).toEqual([
    [0, 1],
    [1, 0],
  ])
  // Even to her who takes messages from nobody else now.
  await ana.api.graph.unfollow({ params: ben })
  const sent = await send(ben, place, 'are you there')
  expect((await ben.api.conversations.get({ params: place })).viewer.may_send).toBe(true)
  expect((await ana.api.conversations.unread()).count).toBe(0)
  // She answers, so it is accepted; what she reads stays hers.
  await send(ana, place, 'yes')
  await ana.api.conversations.markRead({ params: place, body: { up_to: sent.message_id } })
  await system.settle()
  expect(await folders(ana)).toEqual([1, 0])
  const anaTo = async (viewer: Person) =>
    (await viewer.api.conversations.get({ params: place })).members.find(({ user_id }) => user_id === ana.id)
  expect(await anaTo(ben)).toMatchObject({ last_read_message_id: null, last_delivered_message_id: null })
  await unrestrict(ana, ben)
  expect(await anaTo(ben)).toMatchObject({ last_read_message_id: sent.message_id })
  await ana.follow(ben)
  await restrict(ana, ben)
  await unrestrict(ana, ben)
  expect(await folders(ana)).toEqual([1, 0])
})

test('neither that one is here, nor that one types or reads, is told to them', async () => {
  const { ana, ben } = await scene()
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  const sent = await send(ben, { conversation_id: conversation_id as never }, 'hello')
  await restrict(ana, ben)
  await send(ana, { conversation_id: conversation_id as never }, 'hm')
  await system.settle()
  const [anas, bens] = [await Live.of(ana), await Live.of(ben)]
  for (const live of [anas, bens]) await live.subscribe(`conversation:${conversation_id}`)
  const from = bens.messages.length
  const frame = (live: Live, type: 'typing' | 'active', data: object) => live.send({ type, data } as never)
  frame(anas, 'active', {})
  frame(anas, 'typing', { conversation_id })
  await ana.api.conversations.markRead({ params: { conversation_id }, body: { up_to: sent.message_id } })
  frame(bens, 'typing', { conversation_id })
  await anas.next('conversation.typing')
  await unrestrict(ana, ben)
  frame(anas, 'typing', { conversation_id })
  await bens.next('conversation.typing', from)
  const types = bens.messages.slice(from).map(({ type }) => type)
  expect(types.filter((type) => type === 'conversation.typing')).toHaveLength(1)
  for (const type of ['conversation.presence', 'conversation.read']) expect(types).not.toContain(type)
  for (const live of [anas, bens]) await live.close()
})

test('a conversation that they begin is a request, although one follows them', async () => {
  const { ana, ben } = await scene()
  await restrict(ana, ben)
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  await send(ben, { conversation_id: conversation_id as never }, 'hello')
  await system.settle()
  expect(await folders(ana)).toEqual([0, 1])
  await unrestrict(ana, ben)
  expect(await folders(ana)).toEqual([1, 0])
})

test('what they could not send before they cannot send then', async () => {
  const { ana, ben } = await scene()
  await ana.api.graph.unfollow({ params: ben })
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  await ana.api.messages.changeSettings({
    body: { ...(await ana.api.messages.settings()), accept_from: 'following' },
  })
  const maySend = async () =>
    (await ben.api.conversations.get({ params: { conversation_id } })).viewer.may_send
  expect(await maySend()).toBe(false)
  await ana.api.graph.restrict({ params: ben })
  await system.settle()
  expect(await maySend()).toBe(false)
})
