import type { RealtimeType, SentMessage } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { friends, MINUTE, messages, open, read, SECOND, send, talk } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
async function scene() {
  round++
  const [ana, ben] = await system.people(`ana.${round}`, `ben.${round}`)
  await friends(ana, ben)
  return { ana, ben, place: await talk(ana, ben) }
}

type Said<T extends RealtimeType> = Extract<SentMessage, { type: T }>['data']
const said = <T extends RealtimeType>(live: Live, type: T): Said<T>[] =>
  live.messages.flatMap((one) => (one.type === type ? [one.data as Said<T>] : []))
async function heard(...all: Live[]): Promise<void> {
  await system.settle()
  for (const live of all) await live.heard()
}
const frame = (live: Live, type: 'typing' | 'delivered' | 'active', data: object) =>
  live.send({ type, data } as never)
const topicOf = ({ conversation_id }: { conversation_id: string }) =>
  `conversation:${conversation_id}` as const

test('a message comes to all devices of both, as each would read it, once and in order; the badge follows', async () => {
  const { ana, ben, place } = await scene()
  const [one, other, bens] = [await Live.of(ana), await Live.of(ana), await Live.of(ben)]
  for (let n = 0; n < 5; n++) await send(n % 2 ? ben : ana, place, `${n}`)
  await heard(one, other, bens)
  for (const [live, person] of [
    [one, ana],
    [other, ana],
    [bens, ben],
  ] as const) {
    const told = said(live, 'message.created').map(({ message }) => message)
    expect(told).toEqual((await messages(person, place)).toReversed())
  }
  await bens.until((one) => one.type === 'messages.unread' && one.data.count === 1)
  const counted = bens.messages.length
  await read(ben, (await messages(ben, place))[0] as never)
  await heard(one, bens)
  await bens.until((one) => one.type === 'messages.unread' && one.data.count === 0, { from: counted })
  const [mark] = said(one, 'conversation.read')
  expect(mark).toMatchObject({ user_id: ben.id })
  expect(said(bens, 'conversation.read')).toEqual([mark])
  for (const live of [one, other, bens]) await live.close()
})

test('what reaches a device, and what is read, is told where neither keeps it to themselves', async () => {
  const { ana, ben, place } = await scene()
  const lives = [await Live.of(ana), await Live.of(ben)] as const
  const [anas, bens] = lives
  const sent = await send(ana, place, 'hi')
  const { conversation_id, message_id } = sent
  frame(bens, 'delivered', { conversation_id, up_to: message_id })
  await anas.next('conversation.delivered')
  const marks = async (person: Person, of: Person) => {
    const member = (await open(person, place)).members.find(({ username }) => username === of.username)
    return [member?.last_delivered_message_id, member?.last_read_message_id]
  }
  expect(await marks(ana, ben)).toEqual([message_id, null])
  const settings = await ben.api.messages.settings()
  await ben.api.messages.changeSettings({ body: { ...settings, read_receipts: false } })
  await read(ben, sent)
  const next = await send(ben, place, 'and you')
  await read(ana, next)
  await heard(...lives)
  expect([await marks(ana, ben), await marks(ben, ana)]).toEqual([
    [null, null],
    [null, null],
  ])
  // One's own other devices are told all the same.
  expect(said(anas, 'conversation.read').map(({ user_id }) => user_id)).toEqual([ana.id])
  expect(said(bens, 'conversation.read').map(({ user_id }) => user_id)).toEqual([ben.id])
  for (const live of lives) await live.close()
})

test('typing is told to who has the conversation open, and only by who is in it', async () => {
  const { ana, ben, place } = await scene()
  const [cleo] = await system.people(`cleo.${round}`)
  const [anas, bens, cleos] = [await Live.of(ana), await Live.of(ben), await Live.of(cleo)]
  const { conversation_id } = place
  frame(anas, 'typing', { conversation_id })
  expect((await anas.next('refused')).data).toMatchObject({ code: 'not_found' })
  expect(await cleos.subscribe(topicOf(place))).toBe('not_found')
  for (const live of [anas, bens]) expect(await live.subscribe(topicOf(place))).toBe('subscribed')
  frame(anas, 'typing', { conversation_id })
  expect((await bens.next('conversation.typing')).data).toEqual({ conversation_id, user_id: ana.id })
  await heard(anas)
  expect(said(anas, 'conversation.typing')).toEqual([])
  // Nothing is told of who is blocked.
  await ben.block(ana)
  await system.settle()
  const from = bens.messages.length
  frame(anas, 'typing', { conversation_id })
  await heard(anas, bens)
  expect(bens.messages.slice(from).map(({ type }) => type)).not.toContain('conversation.typing')
  for (const live of [anas, bens, cleos]) await live.close()
})

test('who is here is told on joining and as it changes; kept to oneself, it is told neither way', async () => {
  const { ana, ben, place } = await scene()
  await send(ana, place, 'hi')
  const [anas, bens] = [await Live.of(ana), await Live.of(ben)]
  expect(await bens.subscribe(topicOf(place))).toBe('subscribed')
  const first = await bens.next('conversation.presence')
  expect(first.data.members).toEqual([{ user_id: ana.id, active: false, last_active_at: null }])
  const before = bens.messages.length
  frame(anas, 'active', {})
  const here = await bens.next('conversation.presence', before)
  const now = new Date(system.clock.now()).toISOString()
  expect(here.data.members).toEqual([{ user_id: ana.id, active: true, last_active_at: now }])
  system.clock.advance(30 * SECOND)
  const from = bens.messages.length
  frame(anas, 'active', {})
  await bens.next('conversation.presence', from)
  system.clock.advance(MINUTE)
  const again = bens.messages.length
  await bens.subscribe(topicOf(place))
  expect((await bens.next('conversation.presence', again)).data.members).toMatchObject([{ active: false }])
  const settings = await ben.api.messages.settings()
  await ben.api.messages.changeSettings({ body: { ...settings, presence: false } })
  await system.settle()
  const since = [anas.messages.length, bens.messages.length] as const
  for (const live of [anas, bens]) {
    await live.subscribe(topicOf(place))
    frame(live, 'active', {})
  }
  // Said in the topic after all that comes of joining.
  for (const live of [anas, bens]) frame(live, 'typing', { conversation_id: place.conversation_id })
  await Promise.all([anas.next('conversation.typing', since[0]), bens.next('conversation.typing', since[1])])
  await heard(anas, bens)
  const types = [...anas.messages.slice(since[0]), ...bens.messages.slice(since[1])].map(({ type }) => type)
  expect(types).not.toContain('conversation.presence')
  for (const live of [anas, bens]) await live.close()
})

test('an open app of who is removed gets only that, and nothing of what follows', async () => {
  const { ana, ben } = await scene()
  const [cleo] = await system.people(`cleo.${round}`)
  await friends(ana, cleo)
  const group = await talk(ana, ben, cleo)
  await system.settle()
  const [bens, cleos] = [await Live.of(ben), await Live.of(cleo)]
  expect(await bens.subscribe(topicOf(group))).toBe('subscribed')
  await bens.next('conversation.presence')
  const from = bens.messages.length
  await ana.api.conversations.removeMember({
    params: { conversation_id: group.conversation_id, username: ben.username },
  })
  await send(ana, group, 'without ben')
  await bens.next('unsubscribed', from)
  await heard(bens, cleos)
  const types = new Set(bens.messages.slice(from).map(({ type }) => type))
  types.delete('messages.unread')
  expect(types).toEqual(new Set(['conversation.gone', 'unsubscribed', 'pong']))
  // The line that says who was removed is written by a consumer: before or after what is said meanwhile.
  const bodies = said(cleos, 'message.created').map(({ message }) => message.body ?? message.system?.event)
  expect(bodies.toSorted()).toEqual(['removed', 'without ben'])
  expect(await bens.subscribe(topicOf(group))).toBe('not_found')
  for (const live of [bens, cleos]) await live.close()
})

test('what becomes of a message is told: edited, reacted to, taken back', async () => {
  const { ana, ben, place } = await scene()
  const sent = await send(ana, place, 'tpyo')
  await system.settle()
  const bens = await Live.of(ben)
  const params = { conversation_id: sent.conversation_id, message_id: sent.message_id }
  await ana.api.messages.edit({ params, body: { text: 'typo' } })
  await ben.api.messages.react({ params, body: { emoji: '🙂' } })
  await ana.api.messages.unsend({ params })
  await heard(bens)
  const told = said(bens, 'message.changed').map(({ message }) => message)
  // A fact is told as things are by then, so the last one counts.
  expect(told.at(-1)).toMatchObject({ unsent: true, body: null, reactions: [] })
  expect(JSON.stringify(told.at(-1))).not.toContain('typo')
  await bens.until((one) => one.type === 'messages.unread' && one.data.count === 0)
  await bens.close()
})
