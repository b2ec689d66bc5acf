import type { Person } from '@tintype/testkit'
import type { Browser } from '@tintype/testkit/push-host'
import { type PushScene, startPushScene } from '@tintype/testkit/push-scene'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { friends, read, send, talk } from './scene.suite.ts'

let scene: PushScene
let { system, host } = {} as PushScene
beforeAll(async () => {
  scene = await startPushScene()
  ;({ system, host } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())

const browserOf = (person: Person) => host.browserOf(person)
const pass = (seconds = 2) => system.pass(seconds)
const bodies = (browser: Browser) => browser.received.map(({ note }) => note.body)
async function talkOf(ana: Person, ben: Person) {
  await friends(ana, ben)
  return talk(ana, ben)
}

test('who is away is told of a message, aloud each time, and no longer once it is read anywhere', async () => {
  const [ana, ben] = await system.people('mp.ana', 'mp.ben')
  const [phone, laptop] = [await browserOf(ben), await browserOf(ben)]
  const own = await browserOf(ana)
  const conversation = await talkOf(ana, ben)
  await pass(700)
  phone.received.length = laptop.received.length = own.received.length = 0
  await send(ana, conversation, 'Are you there?')
  await pass()
  for (const browser of [phone, laptop])
    expect(browser.received.map(({ note, urgency }) => [note.title, note.body, note.url, urgency])).toEqual([
      ['mp.ana', 'Are you there?', `/direct/t/${conversation.conversation_id}`, 'high'],
    ])
  const second = await send(ana, conversation, 'Hello?')
  await pass()
  expect(bodies(phone)).toEqual(['Are you there?', 'Hello? (and one more)'])
  expect(phone.received[1]?.note.quiet).toBeUndefined()
  expect(phone.shown).toHaveLength(1)
  await read(ben, second)
  await pass(1)
  expect([phone.shown, laptop.shown, own.received]).toEqual([[], [], []])
})

test('what was read or taken back before it was told is not told; what is taken back after it goes', async () => {
  const [ana, ben] = await system.people('mp.cai', 'mp.dan')
  const browser = await browserOf(ben)
  const conversation = await talkOf(ana, ben)
  await pass(700)
  browser.received.length = 0
  const seen = await send(ana, conversation, 'seen at once')
  await read(ben, seen)
  await pass()
  const regretted = await send(ana, conversation, 'regretted')
  await ana.api.messages.unsend({ params: regretted })
  await pass()
  expect(browser.received).toEqual([])
  const told = await send(ana, conversation, 'told')
  await pass()
  expect(bodies(browser)).toEqual(['told'])
  await ana.api.messages.unsend({ params: told })
  await pass(1)
  expect(browser.shown).toEqual([])
})

test('nothing of muted conversations, requests, and kinds that are turned off', async () => {
  const [ana, ben, stranger] = await system.people('mp.eva', 'mp.fay', 'mp.gus')
  const browser = await browserOf(ben)
  const conversation = await talkOf(ana, ben)
  await pass(700)
  browser.received.length = 0
  const asked = await stranger.api.conversations.create({ body: { usernames: [ben.username] } })
  await send(stranger, asked, 'you do not know me')
  await ben.api.conversations.set({ params: conversation, body: { muted: true } })
  await send(ana, conversation, 'quiet')
  await pass()
  expect(browser.received).toEqual([])
  await ben.api.conversations.set({ params: conversation, body: { muted: false } })
  await ben.api.preferences.change({ body: { kinds: { message: { push: false, email: true } } } })
  await send(ana, conversation, 'off')
  await pass()
  expect(browser.received).toEqual([])
})

test('nothing of what somebody says in a group whom one restricts, and all of what the others say', async () => {
  const [ana, ben, cleo] = await system.people('mp.hal', 'mp.ivy', 'mp.jan')
  await friends(ana, ben, cleo)
  const browser = await browserOf(ben)
  const group = await talk(ana, ben, cleo)
  await ben.api.graph.restrict({ params: cleo })
  await pass(700)
  browser.received.length = 0
  await send(cleo, group, 'Hear me')
  await pass()
  expect(browser.received).toEqual([])
  await send(ana, group, 'Are you there?')
  await pass()
  expect(bodies(browser)).toEqual(['mp.hal: Are you there?'])
})
