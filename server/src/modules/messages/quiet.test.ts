import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const calm = (person: Person, body: { quiet_shown?: boolean } = {}) =>
  person.api.preferences.change({
    body: { quiet_until: new Date(system.clock.now() + 600_000).toISOString(), ...body },
  })
const seenQuiet = async (viewer: Person, id: string): Promise<string[]> => {
  const params = { conversation_id: id as never }
  const { members } = await viewer.api.conversations.get({ params })
  return members.filter(({ quiet }) => quiet).map(({ username }) => username)
}

test('who has a conversation with somebody in quiet mode sees it, until it is over', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  await ana.follow(ben)
  await ben.follow(ana)
  const { conversation_id: id } = await ana.api.conversations.create({ body: { usernames: [ben.username] } })
  await ana.api.messages.send({
    params: { conversation_id: id },
    body: { client_message_id: 'between-the-two', text: 'Hello' },
  })
  expect(await seenQuiet(ana, id)).toEqual([])
  await calm(ben)
  expect(await seenQuiet(ana, id)).toEqual([ben.username])
  expect((await ana.api.conversations.list()).items[0]?.members).toContainEqual(
    expect.objectContaining({ username: ben.username, quiet: true }),
  )
  // Not of oneself.
  expect(await seenQuiet(ben, id)).toEqual([])
  system.clock.advance(600_000)
  expect(await seenQuiet(ana, id)).toEqual([])
})

test('not who may not know: of requests, of whom they restrict, of groups, and of who keeps it to themself', async () => {
  const [eva, fay, gus, hal] = await system.people('eva', 'fay', 'gus', 'hal')
  for (const other of [fay, hal]) {
    await eva.follow(other)
    await other.follow(eva)
  }
  const group = await fay.api.conversations.create({
    body: { usernames: [eva.username, hal.username], name: 'Three' },
  })
  const friend = await fay.api.conversations.create({ body: { usernames: [eva.username] } })
  const stranger = await gus.api.conversations.create({ body: { usernames: [eva.username] } })
  await gus.api.messages.send({
    params: stranger,
    body: { client_message_id: 'from-a-stranger', text: 'Hello' },
  })
  await calm(eva)
  expect(await seenQuiet(fay, friend.conversation_id)).toEqual([eva.username])
  expect(await seenQuiet(fay, group.conversation_id)).toEqual([])
  expect(await seenQuiet(gus, stranger.conversation_id)).toEqual([])
  await eva.api.graph.restrict({ params: fay })
  await system.settle()
  expect(await seenQuiet(fay, friend.conversation_id)).toEqual([])
  await eva.api.graph.unrestrict({ params: fay })
  await system.settle()
  await calm(eva, { quiet_shown: false })
  expect(await seenQuiet(fay, friend.conversation_id)).toEqual([])
})
