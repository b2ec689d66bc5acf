import { randomUUID } from 'node:crypto'
import type { Conversation } from '@tintype/contract'
import { Live, Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unreadCandidates } from './inbox-store.ts'
import { code, friends, ids, inbox, messages, open, read, send, talk, texts, unread } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
  await system.people('olga')
})
afterAll(() => system[Symbol.asyncDispose]())

/** Named anew for each test. */
let round = 0
async function people<const N extends readonly string[]>(...names: N): Promise<{ [I in keyof N]: Person }> {
  round++
  const named = names.map((name) => `${name}.${round}`)
  return (await system.people(...named)) as { [I in keyof N]: Person }
}
async function pair() {
  const [ana, ben] = await people('ana', 'ben')
  await friends(ana, ben)
  return { ana, ben, place: await talk(ana, ben) }
}

test('two have one conversation, whoever begins it and however often at once', async () => {
  const [ana, ben] = await people('ana', 'ben')
  const made = await Promise.all([talk(ana, ben), talk(ben, ana), talk(ana, ben), talk(ben, ana)])
  expect(new Set(made.map((one) => one.conversation_id)).size).toBe(1)
  expect(made[0]).toMatchObject({ kind: 'direct', name: null, last_message: null })
  expect(made[0]?.members.map((member) => member.username).toSorted()).toEqual([ana.username, ben.username])
  // It is in nobody's list before anything is said.
  expect([await inbox(ana), await inbox(ben), await inbox(ben, 'requests')]).toEqual([[], [], []])
  await expect(talk(ana, ana)).rejects.toMatchObject(code('cannot_target_self'))
  await expect(talk(ana, system.visitor())).rejects.toMatchObject(code('not_found'))
})

test('what is said is read by both, in order, and counted as unread until it is read', async () => {
  const { ana, ben, place } = await pair()
  const sent = []
  for (const text of ['one', 'two', 'three']) sent.push(await send(ana, place, text))
  sent.push(await send(ben, place, 'four'))
  expect(sent[0]).toMatchObject({ kind: 'text', body: 'one', is_own: true, user: { username: ana.username } })
  for (const person of [ana, ben]) {
    expect(texts(await messages(person, place))).toEqual(['four', 'three', 'two', 'one'])
    expect(ids(await messages(person, place))).toEqual(ids(sent).toReversed())
  }
  const [seen] = await messages(ben, place)
  expect(seen).toMatchObject({ is_own: true, client_message_id: sent[3]?.client_message_id })
  expect((await messages(ana, place))[0]).toMatchObject({ is_own: false, client_message_id: null })
  expect(await inbox(ben)).toMatchObject([
    { conversation_id: place.conversation_id, last_message: { body: 'four' }, viewer: { unread_count: 3 } },
  ])
  expect([await unread(ana), await unread(ben)]).toEqual([1, 1])
  expect(await read(ben, sent[1] as never)).toMatchObject({ unread_count: 1 })
  // It never goes back.
  expect(await read(ben, sent[0] as never)).toEqual({
    unread_count: 1,
    last_read_message_id: sent[1]?.message_id,
  })
  expect(await read(ben, sent[3] as never)).toMatchObject({ unread_count: 0 })
  expect([await unread(ana), await unread(ben)]).toEqual([1, 0])
  const of = (await open(ana, place)).members.find((member) => member.username === ben.username)
  expect(of).toMatchObject({ last_read_message_id: sent[3]?.message_id })
})

test('who speaks last in many conversations has none of them looked through for the badge', async () => {
  const { ana, ben, place } = await pair()
  const looked = async (person: Person) =>
    (await unreadCandidates(system.engines.db.query, [person.id])).length
  await send(ana, place, 'one')
  expect([await looked(ana), await looked(ben)]).toEqual([0, 1])
  await send(ben, place, 'two')
  expect([await looked(ana), await unread(ana)]).toEqual([1, 1])
  await read(ana, (await messages(ana, place))[0] as never)
  await send(ana, place, 'three')
  expect([await looked(ana), await unread(ben)]).toEqual([0, 1])
})

test('a mark ahead of all that was said hides nothing that comes', async () => {
  const { ana, ben, place } = await pair()
  const first = await send(ana, place, 'one')
  await read(ben, { ...first, message_id: `f${first.message_id.slice(1)}` as never })
  await send(ana, place, 'two')
  expect((await open(ben, place)).viewer.unread_count).toBe(1)
})

test('said again under the same name, a message is the same one, also at once and from elsewhere', async () => {
  const { ana, ben, place } = await pair()
  await using other = await startSystem({ beside: system })
  const there = new Person(other.baseUrl, ana.username, ana.session)
  const client_message_id = randomUUID()
  const say = (who: Person) => send(who, place, 'once', { client_message_id })
  const answers = await Promise.all([say(ana), say(there), say(ana), say(there), say(ana)])
  answers.push(await say(there))
  expect(new Set(ids(answers)).size).toBe(1)
  expect(answers.every((one) => one.client_message_id === client_message_id)).toBe(true)
  await system.settle()
  expect(texts(await messages(ben, place))).toEqual(['once'])
  expect((await open(ben, place)).viewer.unread_count).toBe(1)
  await expect(send(ana, place, undefined)).rejects.toMatchObject(code('message_empty'))
  await expect(send(ana, place, ' \u200b ')).rejects.toMatchObject(code('validation_failed'))
})

test('pages go backwards without gaps while more is said, and forwards from where one was', async () => {
  const { ana, ben, place } = await pair()
  const sent = []
  for (let n = 0; n < 30; n++) sent.push(await send(n % 2 ? ana : ben, place, `${n}`))
  const { conversation_id } = place
  const found: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await ana.api.messages.list({
      params: { conversation_id },
      query: { limit: 7, ...(cursor ? { cursor } : {}) },
    })
    found.push(...ids(page.items))
    cursor = page.next_cursor
    await send(ben, place, 'meanwhile')
  } while (cursor)
  expect(found).toEqual(ids(sent).toReversed())
  const after = []
  for (cursor = undefined; ; ) {
    const page = await ana.api.messages.list({
      params: { conversation_id },
      query: { limit: 7, after: sent[9]?.message_id as never, ...(cursor ? { cursor } : {}) },
    })
    after.push(...page.items)
    cursor = page.next_cursor
    if (!cursor) break
  }
  expect(ids(after).slice(0, 20)).toEqual(ids(sent).slice(10))
  expect(texts(after).slice(20)).toEqual(Array.from({ length: 5 }, () => 'meanwhile'))
  expect(ids(await messages(ana, place, { before: sent[3]?.message_id as never }))).toEqual(
    ids(sent).slice(0, 3).toReversed(),
  )
})

test('who is not followed asks first; declined stays declined, until one writes oneself', async () => {
  const [ana, ben] = await people('ana', 'ben')
  await ben.goPrivate()
  const place = await talk(ana, ben)
  const live = await Live.of(ben)
  await send(ana, place, 'hello?')
  await system.settle()
  expect([(await inbox(ben)).length, await unread(ben)]).toEqual([0, 0])
  expect(await ben.api.conversations.unread()).toMatchObject({ requests_count: 1 })
  expect(await inbox(ben, 'requests')).toMatchObject([
    { viewer: { status: 'request', unread_count: 1 }, last_message: { body: 'hello?' } },
  ])
  const { params } = { params: { conversation_id: place.conversation_id } }
  await read(ben, (await messages(ben, place))[0] as never)
  expect((await open(ana, place)).members.map((member) => member.last_read_message_id)).toEqual([null, null])
  await ben.api.conversations.decline({ params })
  await system.settle()
  await live.heard()
  const from = live.messages.length
  await send(ana, place, 'please')
  await system.settle()
  await live.heard()
  expect(live.messages.slice(from).map(({ type }) => type)).toEqual(['pong'])
  expect([...(await inbox(ben)), ...(await inbox(ben, 'requests'))]).toEqual([])
  // The same conversation as ever, with all that was said.
  expect((await talk(ben, ana)).conversation_id).toBe(place.conversation_id)
  await send(ben, place, 'well')
  expect(await inbox(ben)).toMatchObject([{ viewer: { status: 'accepted' } }])
  expect(texts(await messages(ben, place))).toEqual(['well', 'please', 'hello?'])
  await send(ana, place, 'thanks')
  expect(await unread(ben)).toBe(1)
  await live.close()
})

test('accepting a request puts it in the inbox; somebody may take none from whom they do not follow', async () => {
  const [ana, ben, cleo] = await people('ana', 'ben', 'cleo')
  const place = await talk(ana, ben)
  await send(ana, place, 'hi')
  await ben.api.conversations.accept({ params: { conversation_id: place.conversation_id } })
  expect([await inbox(ben), await inbox(ben, 'requests')]).toMatchObject([
    [{ viewer: { may_send: true } }],
    [],
  ])
  const settings = { presence: true, read_receipts: true, accept_from: 'following' } as const
  expect(await ben.api.messages.settings()).toEqual({ ...settings, accept_from: 'everyone' })
  await ben.api.messages.changeSettings({ body: settings })
  await expect(talk(cleo, ben)).rejects.toMatchObject(code('cannot_message'))
  await send(ana, place, 'still welcome')
  await ben.follow(cleo)
  await send(cleo, await talk(cleo, ben), 'now I may')
  expect(await inbox(ben)).toHaveLength(2)
})

test('nobody else reads it, or can tell that it exists', async () => {
  const { ana, ben, place } = await pair()
  const [cleo] = await people('cleo')
  const said = await send(ana, place, 'between us')
  const nowhere = { conversation_id: `${place.conversation_id.slice(0, -4)}0000` as never }
  const params = { ...said }
  const { api } = cleo
  const asks = (conversation_id: never) => [
    () => open(cleo, { conversation_id }),
    () => messages(cleo, { conversation_id }),
    () => send(cleo, { conversation_id }, 'me too'),
    () => read(cleo, { ...params, conversation_id }),
    () => api.messages.get({ params: { ...params, conversation_id } }),
    () => api.messages.search({ params: { conversation_id }, query: { q: 'us' } }),
    () => api.messages.react({ params: { ...params, conversation_id }, body: { emoji: '👍' } }),
    () => api.conversations.accept({ params: { conversation_id } }),
    () => api.conversations.delete({ params: { conversation_id } }),
    () => api.conversations.set({ params: { conversation_id }, body: { muted: true } }),
  ]
  const answers = (conversation_id: never) =>
    Promise.all(
      asks(conversation_id).map((ask) =>
        ask().then(
          () => 'answered',
          ({ code, message }) => ({ code, message }),
        ),
      ),
    )
  const found = await answers(place.conversation_id as never)
  expect(new Set(found.map((one) => (typeof one === 'string' ? one : one.code)))).toEqual(
    new Set(['not_found']),
  )
  expect(found).toEqual(await answers(nowhere.conversation_id))
  expect(texts(await messages(ben, place))).toEqual(['between us'])
})

test('after a block nothing is sent either way; what was said stays, without a name', async () => {
  const { ana, ben, place } = await pair()
  const sent = await send(ana, place, 'before', { client_message_id: 'before-the-block' })
  await ben.block(ana)
  await system.settle()
  for (const person of [ana, ben]) {
    await expect(send(person, place, 'after')).rejects.toMatchObject(code('cannot_message'))
    const shown = await open(person, place)
    expect(shown).toMatchObject({ members: [{ username: person.username }], viewer: { may_send: false } })
  }
  // As if they had left.
  await expect(talk(ana, ben)).rejects.toMatchObject(code('not_found'))
  expect((await messages(ben, place))[0]).toMatchObject({ body: 'before', user: null })
  // One whose answer was lost is answered all the same.
  const again = await send(ana, place, 'before', { client_message_id: 'before-the-block' })
  expect(again.message_id).toBe(sent.message_id)
  await ben.api.graph.unblock({ params: ana })
  await send(ana, place, 'again')
  expect(texts(await messages(ben, place))).toEqual(['again', 'before'])
})

test('deleted for oneself it is back with the next message, without what was before', async () => {
  const { ana, ben, place } = await pair()
  await send(ana, place, 'old')
  const { params } = { params: { conversation_id: place.conversation_id } }
  await ben.api.conversations.delete({ params })
  expect([await inbox(ben), await messages(ben, place), await unread(ben)]).toEqual([[], [], 0])
  expect(texts(await messages(ana, place))).toEqual(['old'])
  await send(ana, place, 'new')
  expect(await inbox(ben)).toMatchObject([{ last_message: { body: 'new' }, viewer: { unread_count: 1 } }])
  expect(texts(await messages(ben, place))).toEqual(['new'])
  const after = (await messages(ana, place)).at(-1)?.message_id as never
  expect(texts(await messages(ben, place, { after }))).toEqual(['new'])
})

test('muted conversations do not count, pinned ones come first, nine at most', async () => {
  const [ana, ...others] = await people('ana', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k')
  const places: Conversation[] = []
  for (const other of others) {
    await ana.follow(other)
    places.push(await talk(other, ana))
    await send(other, places.at(-1) as never, 'hi')
  }
  expect(await unread(ana)).toBe(10)
  const set = (at: number, body: { muted?: boolean; pinned?: boolean }) =>
    ana.api.conversations.set({ params: { conversation_id: places[at]?.conversation_id as never }, body })
  expect((await set(0, { muted: true })).viewer).toMatchObject({ muted: true, pinned: false })
  expect(await unread(ana)).toBe(9)
  const pins = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => set(at, { pinned: true })))
  expect(pins.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: code('too_many_pinned') },
  ])
  const order = await inbox(ana)
  expect(order.map((one) => one.viewer.pinned)).toEqual([...Array.from({ length: 9 }, () => true), false])
  const paged = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await ana.api.conversations.list({ query: { limit: 3, ...(cursor ? { cursor } : {}) } })
    paged.push(...page.items)
    cursor = page.next_cursor
  }
  expect(paged.map((one) => one.conversation_id)).toEqual(order.map((one) => one.conversation_id))
  await expect(
    ana.api.conversations.list({ query: { cursor: Buffer.from('["x","1"]').toString('base64url') } }),
  ).rejects.toMatchObject(code('bad_cursor'))
})
