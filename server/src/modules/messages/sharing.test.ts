import { randomUUID } from 'node:crypto'
import type { Attachment, Message } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { code, friends, inbox, messages, open, send, talk, texts } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
async function scene() {
  round++
  const people = await system.people(`ana.${round}`, `ben.${round}`, `cleo.${round}`)
  await friends(...people)
  const [ana, ben, cleo] = people
  return { ana, ben, cleo }
}
type Kind = 'post' | 'story' | 'member'
const share = (person: Person, kind: Kind, id: string, more: object) =>
  person.api.messages.share({ body: { client_message_id: randomUUID(), subject: { kind, id }, ...more } })
const shared = (message: Message | undefined) =>
  message?.attachments[0] as Extract<Attachment, { type: 'share' }> | undefined

test('a post is shown to each as far as they see it, and to nobody once it is gone', async () => {
  const { ana, ben, cleo } = await scene()
  await cleo.goPrivate()
  const post = await cleo.share({ caption: 'only for followers' })
  await system.settle()
  const sent = await share(ana, 'post', post.post_id, { usernames: [ben.username], text: 'look' })
  expect(sent.messages).toMatchObject([{ kind: 'share', body: 'look', user: { username: ana.username } }])
  const place = sent.messages[0] as Message
  const preview = {
    available: true,
    preview: { text: 'only for followers', author: { username: cleo.username } },
  }
  for (const person of [ana, ben]) expect(shared((await messages(person, place))[0])).toMatchObject(preview)
  const hidden = { available: false, preview: null, kind: 'post', id: post.post_id }
  await ben.unfollow(cleo)
  await system.settle()
  expect(shared((await messages(ben, place))[0])).toMatchObject(hidden)
  expect(JSON.stringify(await inbox(ben))).not.toContain('only for followers')
  expect(shared((await messages(ana, place))[0])).toMatchObject(preview)
  await cleo.delete(post)
  await system.settle()
  expect(shared((await messages(ana, place))[0])).toMatchObject(hidden)
  await expect(share(ana, 'post', post.post_id, { usernames: [ben.username] })).rejects.toMatchObject(
    code('not_found'),
  )
})

test('a profile and a story are sent as well; what one does not see oneself is not', async () => {
  const { ana, ben, cleo } = await scene()
  const story = await cleo.story()
  await system.settle()
  const place = await talk(ana, ben)
  const to = { conversation_ids: [place.conversation_id] }
  await share(ana, 'member', cleo.id, to)
  await share(ana, 'story', story.story_id, to)
  const [second, first] = await messages(ben, place)
  expect(shared(first)).toMatchObject({ kind: 'member', preview: { address: `/${cleo.username}` } })
  expect(shared(second)).toMatchObject({ kind: 'story', available: true })
  await cleo.block(ana)
  await system.settle()
  await expect(share(ana, 'member', cleo.id, to)).rejects.toMatchObject(code('not_found'))
  await expect(share(ana, 'story', story.story_id, to)).rejects.toMatchObject(code('not_found'))
})

test('to all or to none, and said again it sends what is missing', async () => {
  const { ana, ben, cleo } = await scene()
  const post = await ana.share()
  await system.settle()
  const group = await talk(ana, ben, cleo)
  await cleo.block(ana)
  await system.settle()
  const known = await talk(ana, ben)
  const ask = { usernames: [ben.username], conversation_ids: [known.conversation_id, group.conversation_id] }
  await expect(
    share(ana, 'post', post.post_id, { ...ask, usernames: [ben.username, cleo.username] }),
  ).rejects.toMatchObject(code('not_found'))
  expect(await messages(ben, known)).toEqual([])
  const client_message_id = randomUUID()
  const [one, two] = [
    await share(ana, 'post', post.post_id, { ...ask, client_message_id }),
    await share(ana, 'post', post.post_id, { ...ask, client_message_id }),
  ]
  expect(one.messages.map((message) => message.conversation_id)).toEqual([
    known.conversation_id,
    group.conversation_id,
  ])
  expect(two.messages.map((message) => message.message_id)).toEqual(
    one.messages.map((message) => message.message_id),
  )
  await expect(share(ana, 'post', post.post_id, {})).rejects.toMatchObject(code('validation_failed'))
})

test('an answer to a story is a message to its author, where its author takes answers, and outlives it', async () => {
  const { ana, ben, cleo } = await scene()
  const story = await ana.story()
  const closed = await ana.story({ replies: 'off' })
  await system.settle()
  const reply = (person: Person, { story_id }: typeof story, text: string) =>
    person.api.messages.replyToStory({
      params: { story_id },
      body: { client_message_id: randomUUID(), text },
    })
  const sent = await reply(ben, story, 'where is this?')
  expect(shared(sent)).toMatchObject({ purpose: 'reply', kind: 'story', id: story.story_id, available: true })
  expect(texts(await messages(ana, sent))).toEqual(['where is this?'])
  await expect(reply(ben, closed, 'hm')).rejects.toMatchObject(code('cannot_message'))
  await expect(reply(ana, story, 'me')).rejects.toMatchObject(code('cannot_target_self'))
  await ana.block(cleo)
  await system.settle()
  await expect(reply(cleo, story, 'hi')).rejects.toMatchObject(code('not_found'))
  await ana.api.stories.delete({ params: { story_id: story.story_id } })
  await system.settle()
  const [kept] = await messages(ana, sent)
  expect([kept?.body, shared(kept)?.available]).toEqual(['where is this?', false])
})

test('a reaction to a story comes as a message, follows it, and goes with it', async () => {
  const { ana, ben } = await scene()
  const { story_id } = await ana.story()
  await system.settle()
  const react = async (emoji: string | null) => {
    const params = { story_id }
    if (emoji === null) await ben.api.stories.unreact({ params })
    else await ben.api.stories.react({ params, body: { emoji } })
    await system.settle()
  }
  await react('😍')
  const place = await talk(ana, ben)
  expect(await messages(ana, place)).toMatchObject([{ body: '😍', attachments: [{ purpose: 'reaction' }] }])
  await react('🔥')
  expect(texts(await messages(ana, place))).toEqual(['🔥'])
  await react(null)
  expect(await messages(ana, place)).toMatchObject([{ unsent: true }])
  await react('👏')
  expect(texts(await messages(ana, place))).toEqual(['👏', null])
  expect((await open(ana, place)).viewer.unread_count).toBe(1)
})

test('after somebody has left Tintype their words are gone, and nothing is counted of them', async () => {
  const { ana, ben, cleo } = await scene()
  const group = await talk(ana, ben, cleo)
  const two = await talk(ana, ben)
  await send(ana, two, 'from ana')
  for (const text of ['one', 'two']) {
    await send(ana, group, text)
    await send(ben, group, text)
  }
  await ana.leave()
  await system.settle()
  expect(await messages(ben, two)).toEqual([])
  expect(await open(ben, two)).toMatchObject({
    members: [{ username: ben.username }],
    viewer: { may_send: false },
  })
  await expect(send(ben, two, 'hello?')).rejects.toMatchObject(code('cannot_message'))
  expect(texts(await messages(cleo, group)).filter(Boolean)).toEqual(['two', 'one'])
  const shown = await open(cleo, group)
  expect(shown.members.map(({ username, role }) => [username, role])).toEqual([
    [ben.username, 'admin'],
    [cleo.username, 'member'],
  ])
  expect(shown.viewer.unread_count).toBe(2)
})
