import { randomUUID } from 'node:crypto'
import type { ConversationId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, friends, messages, send, talk, texts } from './scene.suite.ts'
import { SearchWords } from './search-words.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

type Place = { conversation_id: ConversationId }
const find = async (by: Person, { conversation_id }: Place, q: string) =>
  texts((await by.api.messages.search({ params: { conversation_id }, query: { q, limit: 50 } })).items)
const indexed = async (word: string) => {
  const { rows } = await sql`select from message_words where word = ${word}`.execute(system.engines.db.query)
  return rows.length
}
const at = ({ conversation_id, message_id }: { conversation_id: never; message_id: never }) => ({
  params: { conversation_id, message_id },
})
const run = async (name: string) =>
  system.system.schedules.find((one) => one.name === name)?.run(new AbortController().signal)

test('words are found from their beginnings, in any script, far behind what was said last', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  await friends(ana, ben)
  const place = await talk(ana, ben)
  const said = [
    'Crème brûlée tonight',
    'Straße nach Köln',
    '東京の夜景',
    'מָחָר בְּשֵׁשׁ',
    'привет всем',
    'creme, again',
  ]
  for (const text of said) await send(ana, place, text)
  await system.settle()
  // Beyond what is looked at besides the index.
  for (let n = 0; n < 120; n++) await send(ben, place, `filler ${n}`)
  await system.settle()
  expect(await find(ben, place, 'CREME')).toEqual(['creme, again', 'Crème brûlée tonight'])
  expect(await find(ben, place, 'toni crème')).toEqual(['Crème brûlée tonight'])
  expect(await find(ben, place, 'strasse koln')).toEqual(['Straße nach Köln'])
  expect(await find(ben, place, '夜')).toEqual(['東京の夜景'])
  expect(await find(ben, place, 'מחר')).toEqual(['מָחָר בְּשֵׁשׁ'])
  expect(await find(ben, place, 'ПРИВ')).toEqual(['привет всем'])
  expect(await find(ben, place, 'absent')).toEqual([])
  const query = { q: 'filler', limit: 50 }
  const pages: (string | null)[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ben.api.messages.search({
      params: place,
      query: { ...query, ...(cursor && { cursor }) },
    })
    pages.push(...texts(page.items))
    cursor = page.next_cursor
  }
  expect(pages).toEqual(Array.from({ length: 120 }, (_, n) => `filler ${119 - n}`))
})

test('what is edited, taken back, over or to be seen once leaves the index; who came late finds what they may see', async () => {
  const [cai, dee, eve] = await system.people('cai', 'dee', 'eve')
  await friends(cai, dee, eve)
  const place = await cai.api.conversations.create({ body: { usernames: ['dee'], name: 'Group' } })
  const word = () => `w${randomUUID().replaceAll('-', '')}`
  const [edited, unsent, passing, once, early] = [word(), word(), word(), word(), word()]
  const first = await send(cai, place, edited)
  const second = await send(cai, place, unsent)
  await send(cai, place, passing, { expires: 'day' })
  await send(cai, place, once, { expires: 'view_once' })
  await send(cai, place, early)
  await system.settle()
  expect(await Promise.all([edited, unsent, passing, once].map(indexed))).toEqual([1, 1, 1, 0])
  await cai.api.messages.edit({ ...at(first as never), body: { text: 'other' } })
  await cai.api.messages.unsend(at(second as never))
  for (const gone of [edited, unsent, once]) expect(await find(dee, place, gone)).toEqual([])
  await system.settle()
  expect(await Promise.all([edited, unsent].map(indexed))).toEqual([0, 0])
  expect(await find(dee, place, 'other')).toEqual(['other'])

  await cai.api.conversations.addMembers({ params: place, body: { usernames: ['eve'] } })
  expect(await find(dee, place, early)).toEqual([early])
  expect(await find(eve, place, early)).toEqual([])
  await dee.api.conversations.leave({ params: place })
  await expect(find(dee, place, early)).rejects.toMatchObject({ code: 'not_found' })

  system.clock.advance(DAY)
  for (const one of [cai, eve]) await one.logIn()
  expect(await find(cai, place, passing)).toEqual([])
  await run('messages.expiry')
  await system.settle()
  expect(await indexed(passing)).toBe(0)
})

test('what was said before there was an index is read through, and indexed', async () => {
  const [fay, gil] = await system.people('fay', 'gil')
  await friends(fay, gil)
  const place = await talk(fay, gil)
  await send(fay, place, 'an oldtimer')
  await system.settle()
  const { query } = system.engines.db
  await sql`delete from message_words where conversation_id = ${place.conversation_id}`.execute(query)
  await sql`delete from indexed_messages where conversation_id = ${place.conversation_id}`.execute(query)
  await sql`delete from indexed_conversations where conversation_id = ${place.conversation_id}`.execute(query)
  expect(await find(gil, place, 'old')).toEqual(['an oldtimer'])
  await run('messages.words')
  expect(await indexed('oldtimer')).toBe(1)
  for (const rebuild of system.system.rebuilds)
    if (rebuild.name === 'message-search') await rebuild.run(new AbortController().signal)
  expect(await indexed('oldtimer')).toBe(1)
  expect(await find(gil, place, 'old')).toEqual(['an oldtimer'])
  expect(await messages(gil, place)).toHaveLength(1)
})

test('all the words asked for are looked for, and all that a long message has', async () => {
  const [jan, kai] = await system.people('jan', 'kai')
  await friends(jan, kai)
  const place = await talk(jan, kai)
  const nine = 'one two three four five six seven eight'
  await send(jan, place, `${nine} nine`)
  await send(jan, place, `${nine} ten`)
  const long = Array.from({ length: 700 }, (_, n) => `w${n}`).join(' ')
  await send(jan, place, long)
  await system.settle()
  for (let n = 0; n < 100; n++) await send(kai, place, `filler ${n}`)
  await system.settle()
  expect(await find(kai, place, `${nine} ten`)).toEqual([`${nine} ten`])
  expect(await find(kai, place, `nine ${nine}`)).toEqual([`${nine} nine`])
  expect(await find(kai, place, 'w699')).toEqual([long])
})

test('a message that cannot be indexed is found all the same, and is indexed once it can be', async () => {
  const [lea, max] = await system.people('lea', 'max')
  await friends(lea, max)
  const [place, other] = [
    await talk(lea, max),
    await lea.api.conversations.create({ body: { usernames: ['max'], name: 'Two' } }),
  ]
  await system.settle()
  const { db, messageStore } = system.engines
  let isBroken = true
  const words = new SearchWords({
    db,
    messageStore: {
      page: messageStore.page.bind(messageStore),
      async read(refs) {
        if (isBroken && refs.some((ref) => ref.conversation_id === place.conversation_id))
          throw new Error('broken')
        return messageStore.read(refs)
      },
    },
  })
  const said = [await send(lea, place, 'poisoned'), await send(lea, other, 'harmless')]
  await system.settle()
  for (const { conversation_id, message_id } of said) await words.drop(conversation_id, [message_id])
  await words.follow(said)
  expect(await Promise.all(['poisoned', 'harmless'].map(indexed))).toEqual([0, 1])
  expect(await find(max, place, 'poison')).toEqual(['poisoned'])
  isBroken = false
  await run('messages.words')
  expect(await indexed('poisoned')).toBe(1)
})

test('what went without its words being taken out hides nothing, and they go with the next look', async () => {
  const [hal, ivy] = await system.people('hal', 'ivy')
  await friends(hal, ivy)
  const place = await talk(hal, ivy)
  const passing = await send(hal, place, 'needle passing', { expires: 'day' })
  for (let n = 0; n < 5; n++) await send(hal, place, `needle ${n}`)
  const gone = await send(hal, place, 'needle gone')
  await send(hal, place, 'needle last')
  await system.settle()
  // As where the server died behind it.
  await system.engines.messageStore.remove(place.conversation_id, [passing.message_id, gone.message_id])
  const query = { q: 'needle', limit: 3 }
  const first = await ivy.api.messages.search({ params: place, query })
  expect(texts(first.items)).toEqual(['needle last', 'needle 4', 'needle 3'])
  const rest = await ivy.api.messages.search({
    params: place,
    query: { ...query, cursor: first.next_cursor ?? '' },
  })
  expect(texts(rest.items)).toEqual(['needle 2', 'needle 1', 'needle 0'])
  system.clock.advance(DAY)
  await run('messages.expiry')
  expect(await indexed('passing')).toBe(0)
})
