import { randomUUID } from 'node:crypto'
import type { ConversationId, Message } from '@tintype/contract'
import { Live, type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  code,
  DAY,
  friends,
  inbox,
  MINUTE,
  messages,
  open,
  SECOND,
  send,
  talk,
  texts,
  unread,
} from './scene.suite.ts'

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
const at = ({ conversation_id, message_id }: Message) => ({ params: { conversation_id, message_id } })
async function pass(ms: number, ...people: Person[]): Promise<void> {
  system.clock.advance(ms)
  for (const person of people) await person.logIn()
}
async function runSchedules(): Promise<void> {
  for (const schedule of system.system.schedules) await schedule.run(new AbortController().signal)
  await system.settle()
}
const status = async (url: string | undefined) =>
  (await fetch(new URL(url ?? '/none', system.baseUrl))).status
async function withPhoto(person: Person, place: Parameters<typeof open>[1], more: object = {}) {
  const [upload_id] = await person.upload([await photo(round)])
  const photos = [{ upload_id: upload_id as never, alt_text: 'a cat' }]
  const sent = await send(person, place, undefined, { photos, ...more })
  await system.settle()
  return sent
}
const urlOf = (message: Message | undefined) => {
  const [one] = message?.attachments ?? []
  return one?.type === 'photo' ? one.media?.url : undefined
}
/** Whether a word stands anywhere in what is stored of a conversation. */
async function isKept(
  { conversation_id }: { conversation_id: ConversationId },
  word: string,
): Promise<boolean> {
  const rows = await system.engines.messageStore.page(conversation_id, { limit: 100 })
  return JSON.stringify(rows).includes(word)
}

test('one’s own message can be edited for fifteen minutes, by the server’s clock', async () => {
  const { ana, ben, place } = await scene()
  const sent = await send(ana, place, 'tpyo')
  await pass(15 * MINUTE - 1, ana, ben)
  const edited = await ana.api.messages.edit({ ...at(sent), body: { text: 'typo' } })
  expect(edited).toMatchObject({ body: 'typo', edited_at: new Date(system.clock.now()).toISOString() })
  expect(await messages(ben, place)).toMatchObject([{ body: 'typo', edited_at: edited.edited_at }])
  await expect(ben.api.messages.edit({ ...at(sent), body: { text: 'mine' } })).rejects.toMatchObject(
    code('not_found'),
  )
  await pass(1)
  await expect(ana.api.messages.edit({ ...at(sent), body: { text: 'late' } })).rejects.toMatchObject(
    code('edit_too_late'),
  )
})

test('unsent, a message leaves its place and no word of it anywhere; what was unread is not', async () => {
  const { ana, ben, place } = await scene()
  await send(ana, place, 'first')
  const secret = `secret ${randomUUID()}`
  const sent = await send(ana, place, secret)
  const reply = await send(ben, place, 'what?', { reply_to: sent.message_id })
  expect(reply.reply_to).toMatchObject({ excerpt: secret, available: true })
  await send(ana, place, 'last')
  expect((await open(ben, place)).viewer.unread_count).toBe(3)
  for (let twice = 0; twice < 2; twice++) await ana.api.messages.unsend(at(sent))
  expect((await open(ben, place)).viewer.unread_count).toBe(2)
  const all = await messages(ben, place)
  expect(texts(all)).toEqual(['last', 'what?', null, 'first'])
  expect(all[2]).toMatchObject({ unsent: true, attachments: [], user: { username: ana.username } })
  expect(all[1]?.reply_to).toMatchObject({ excerpt: '', available: false })
  expect(await isKept(place, secret)).toBe(false)
  await expect(ben.api.messages.react({ ...at(sent), body: { emoji: '👍' } })).rejects.toMatchObject(
    code('not_found'),
  )
  await expect(ana.api.messages.edit({ ...at(sent), body: { text: 'x' } })).rejects.toMatchObject(
    code('not_found'),
  )
  // Said again under its name it stays taken back.
  const again = await send(ana, place, secret, { client_message_id: sent.client_message_id ?? '' })
  expect(again).toMatchObject({ message_id: sent.message_id, unsent: true, body: null })
})

test('the last one unsent, lists show the one before', async () => {
  const { ana, ben, place } = await scene()
  await send(ana, place, 'before')
  const last = await send(ana, place, 'oops')
  await ana.api.messages.unsend(at(last))
  expect(await inbox(ben)).toMatchObject([{ last_message: { body: 'before' }, viewer: { unread_count: 1 } }])
  const [only] = await messages(ana, place).then((all) => all.slice(1))
  await ana.api.messages.unsend(at(only as Message))
  expect([await unread(ben), (await inbox(ben))[0]?.last_message]).toEqual([0, null])
})

test('a member has one reaction to a message; many at once are all there', async () => {
  const { ana, ben, place } = await scene()
  const sent = await send(ana, place, 'hi')
  const react = (person: Person, emoji: string) => person.api.messages.react({ ...at(sent), body: { emoji } })
  await react(ben, '👍')
  expect((await react(ben, '❤️')).reactions).toEqual([{ emoji: '❤️', user_ids: [ben.id] }])
  await Promise.all([react(ana, '🔥'), react(ben, '🔥'), react(ana, '🔥')])
  const [seen] = await messages(ana, place)
  expect(seen?.reactions.map(({ emoji, user_ids }) => [emoji, user_ids.toSorted()])).toEqual([
    ['🔥', [ana.id, ben.id].toSorted()],
  ])
  await ben.api.messages.unreact(at(sent))
  expect((await messages(ben, place))[0]?.reactions).toEqual([{ emoji: '🔥', user_ids: [ana.id] }])
  await expect(react(ana, 'no emoji')).rejects.toMatchObject(code('validation_failed'))
})

test('one that lasts a day is over at that very millisecond, in every way in; then its content is deleted', async () => {
  const { ana, ben, place } = await scene()
  await send(ana, place, 'stays')
  const word = `gone ${randomUUID()}`
  const sent = await send(ana, place, word, { expires: 'day' })
  const picture = await withPhoto(ana, place, { expires: 'day' })
  expect(sent.expires_at).toBe(new Date(Date.parse(sent.created_at) + DAY).toISOString())
  await pass(Date.parse(picture.created_at) + DAY - 1 - system.clock.now(), ana, ben)
  expect(await messages(ben, place)).toHaveLength(picture.created_at === sent.created_at ? 3 : 2)
  const url = urlOf((await messages(ben, place))[0])
  expect(await status(url)).toBe(200)
  await pass(1, ana, ben)
  const asks = [
    () => ben.api.messages.get(at(sent)),
    () => ben.api.messages.react({ ...at(sent), body: { emoji: '👍' } }),
    () => ana.api.messages.unsend(at(sent)),
    () => send(ben, place, 'why?', { reply_to: sent.message_id }),
  ]
  for (const ask of asks) await expect(ask()).rejects.toMatchObject(code('not_found'))
  expect(texts(await messages(ben, place))).toEqual(['stays'])
  expect(await inbox(ben)).toMatchObject([{ last_message: { body: 'stays' }, viewer: { unread_count: 1 } }])
  expect((await ben.api.messages.search({ params: place, query: { q: 'gone' } })).items).toEqual([])
  expect(await status(url)).toBe(404)
  expect(await isKept(place, word)).toBe(true)
  await runSchedules()
  expect(await isKept(place, word)).toBe(false)
})

test('what can be seen once is seen within a minute of its opening, and by nobody after', async () => {
  const { ana, ben, place } = await scene()
  const word = `once ${randomUUID()}`
  const [upload_id] = await ana.upload([await photo(round)])
  const sent = await send(ana, place, word, {
    expires: 'view_once',
    photos: [{ upload_id: upload_id as never }],
  })
  await system.settle()
  expect((await messages(ben, place))[0]).toMatchObject({
    body: null,
    opened: false,
    attachments: [{ state: 'closed', media: null }],
  })
  expect((await ben.api.messages.search({ params: place, query: { q: 'once' } })).items).toEqual([])
  await expect(ana.api.messages.open(at(sent))).rejects.toMatchObject(code('not_found'))
  const opened = await ben.api.messages.open(at(sent))
  expect(opened).toMatchObject({ body: word, opened: true, attachments: [{ state: 'ready' }] })
  const url = urlOf(opened)
  const reply = await fetch(new URL(url ?? '', system.baseUrl))
  expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'private, max-age=0'])
  system.clock.advance(59 * SECOND)
  // The answer may have been lost.
  expect(urlOf(await ben.api.messages.open(at(sent)))).toBe(url)
  expect((await messages(ana, place))[0]).toMatchObject({ opened: true })
  system.clock.advance(SECOND)
  await expect(ben.api.messages.open(at(sent))).rejects.toMatchObject(code('message_opened'))
  expect(await status(url)).toBe(404)
  expect((await messages(ben, place))[0]).toMatchObject({ body: null, opened: true })
  await runSchedules()
  expect(await isKept(place, word)).toBe(false)
  expect((await messages(ben, place))[0]).toMatchObject({ opened: true, attachments: [{ state: 'closed' }] })
  await pass(14 * DAY, ben)
  await runSchedules()
  expect(await messages(ben, place)).toEqual([])
})

test('who is restricted is not told that what can be seen once was', async () => {
  const { ana, ben, place } = await scene()
  await ben.api.graph.restrict({ params: ana })
  await system.settle()
  const sent = await withPhoto(ana, place, { expires: 'view_once' })
  const live = await Live.of(ana)
  expect(await ben.api.messages.open(at(sent))).toMatchObject({ opened: true })
  await system.settle()
  await live.heard()
  expect(live.messages.filter(({ type }) => type === 'message.changed')).toEqual([])
  await live.close()
  expect(await messages(ana, place)).toMatchObject([{ opened: false }])
  await ben.api.graph.unrestrict({ params: ana })
  await system.settle()
  expect(await messages(ana, place)).toMatchObject([{ opened: true }])
})

test('pictures come with the message, and are for who is in the conversation alone', async () => {
  const { ana, ben, place } = await scene()
  const [cleo] = await system.people(`cleo.${round}`)
  const [upload_id] = await ana.upload([await photo(round)])
  const body = {
    client_message_id: randomUUID(),
    photos: [{ upload_id: upload_id as never, alt_text: 'a cat' }],
  }
  const params = { conversation_id: place.conversation_id }
  const [one, two] = await Promise.all([
    ana.api.messages.send({ params, body }),
    ana.api.messages.send({ params, body }),
  ])
  expect(one.message_id).toBe(two.message_id)
  expect(one).toMatchObject({
    kind: 'media',
    body: null,
    attachments: [{ state: 'processing', media: null }],
  })
  await system.settle()
  const [seen] = await messages(ben, place)
  expect(seen?.attachments).toMatchObject([{ type: 'photo', state: 'ready', media: { alt_text: 'a cat' } }])
  const url = urlOf(seen) ?? ''
  expect(await status(url)).toBe(200)
  expect(await status(url.replace(/v=[^&]*/, `v=${cleo.id}`))).toBe(404)
  expect(await status(url.replace(/\?.*/, ''))).toBe(404)
  // A picture is good for one message.
  await expect(send(ana, place, undefined, { photos: body.photos })).rejects.toMatchObject(
    code('upload_already_used'),
  )
  await expect(
    send(ben, place, undefined, { photos: [{ upload_id: upload_id as never }] }),
  ).rejects.toMatchObject(code('upload_not_found'))
  expect(await messages(ben, place)).toHaveLength(1)
  await ana.api.messages.unsend(at(one))
  await system.settle()
  expect(await status(url)).toBe(404)
})

test('a picture that cannot be used is told of', async () => {
  const { ana, ben, place } = await scene()
  const picture = await photo(round)
  const cut = { ...picture, bytes: picture.bytes.slice(0, picture.bytes.length - 400) }
  const { createHash } = await import('node:crypto')
  const sha256 = createHash('sha256').update(cut.bytes).digest('hex')
  const [upload_id] = await ana.upload([{ ...cut, size: cut.bytes.length, sha256 }])
  const sent = await send(ana, place, 'look', { photos: [{ upload_id: upload_id as never }] }).catch(
    (error: { code: string }) => error.code,
  )
  await system.settle()
  if (typeof sent === 'string') expect(sent).toMatch(/^media_/)
  else expect((await messages(ben, place))[0]?.attachments).toMatchObject([{ state: 'failed' }])
})

test('all the words are found, whatever their case and accents, by who sees them', async () => {
  const { ana, ben, place } = await scene()
  for (const text of ['Café at noon', 'cafe, later', '100% noon_time "quoted"', '夜景', 'привет'])
    await send(ana, place, text)
  const find = async (q: string) =>
    texts((await ben.api.messages.search({ params: place, query: { q } })).items)
  expect(await find('CAFÉ')).toEqual(['cafe, later', 'Café at noon'])
  expect(await find('noon cafe')).toEqual(['Café at noon'])
  expect(await find('%')).toEqual(['100% noon_time "quoted"'])
  expect(await find('_time')).toEqual(['100% noon_time "quoted"'])
  expect(await find('夜')).toEqual(['夜景'])
  expect(await find('ПРИВЕТ')).toEqual(['привет'])
  expect([await find('nothing'), await find(' ')]).toEqual([[], []])
})
