import type { ConversationId, Message } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { page } from '../../testing/render-route.tsx'
import { apiConversation, apiMessage, messageId } from '../../testing/things.ts'
import { entities } from '../entities/entities.ts'
import { queryClient } from '../query-client.ts'
import { ingestConversations } from './ingest-direct.ts'
import {
  changeMessage,
  dropMessage,
  readAround,
  readNewest,
  readOlder,
  receiveMessage,
  suspectGaps,
  threadOf,
  threadQuery,
} from './thread.ts'

const id = 'c1' as ConversationId
const message = (n: number, fields: Partial<Message> = {}) => apiMessage(n, 'ana', fields)
const many = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index))

/** A server that has these, oldest first, and pages of so many. */
function server(all: Message[], size = 10) {
  const list = vi.fn(async ({ query = {} }: { query?: { before?: string; after?: string } }) => {
    const { before, after } = query
    if (after !== undefined) {
      const later = all.filter((one) => one.message_id > after)
      return page(later.slice(0, size), later.length > size ? 'more' : null)
    }
    const earlier = all.filter((one) => before === undefined || one.message_id < before).reverse()
    return page(earlier.slice(0, size), earlier.length > size ? 'more' : null)
  })
  fakeApi({
    'messages.list': list,
    'messages.get': async ({ params }) => all.find((one) => one.message_id === params.message_id),
    'conversations.get': async () =>
      apiConversation('c1', ['ben', 'ana'], { last_message: all.findLast((one) => !one.unsent) ?? null }),
  })
  return list
}

const read = () => queryClient.fetchQuery(threadQuery(id))
const numbers = () => threadOf(id)?.ids.map((one) => Number(one.slice(1)))
const range = (from: number, to: number) => many(from, to).map((one) => Number(one.message_id.slice(1)))

beforeEach(() => {
  queryClient.clear()
  entities.clear()
})

describe('a thread', () => {
  it('begins with the newest, and goes back without a gap or a repeat, whatever comes meanwhile', async () => {
    const all = many(1, 25)
    server(all)
    await read()
    expect(numbers()).toEqual(range(16, 25))
    all.push(message(26))
    receiveMessage(message(26))
    await readOlder(id)
    await readOlder(id)
    expect(numbers()).toEqual(range(1, 26))
    expect(threadOf(id)?.hasOlder).toBe(false)
  })

  it('has what was said while it was being read for the first time', async () => {
    const answer = later<ReturnType<typeof page<Message>>>()
    fakeApi({
      'messages.list': () => answer.promise,
      'conversations.get': async () => apiConversation('c1', ['ben', 'ana']),
    })
    const reading = read()
    receiveMessage(message(4))
    answer.resolve(page(many(1, 3).reverse()))
    await reading
    expect(numbers()).toEqual([1, 2, 3, 4])
  })

  it('has both what was missed and what came before that was read', async () => {
    const all = many(1, 5)
    server(all)
    await read()
    suspectGaps()
    all.push(message(6), message(7))
    receiveMessage(message(7))
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 7])
    await queryClient.fetchQuery(threadQuery(id))
    expect(numbers()).toEqual(range(1, 7))
  })

  it('closes a gap of several pages, also where the first try fails', async () => {
    const all = many(1, 12)
    const list = server(all)
    await read()
    suspectGaps()
    all.push(...many(13, 45))
    receiveMessage(message(45))
    list.mockRejectedValueOnce(new Error('no network'))
    await expect(queryClient.fetchQuery({ ...threadQuery(id), retry: false })).rejects.toThrow()
    suspectGaps()
    await read()
    expect(numbers()).toEqual(range(3, 45))
  })

  it('of a very long absence has the newest, and goes back from there', async () => {
    const all = many(1, 10)
    server(all)
    await read()
    all.push(...many(11, 200))
    await read()
    expect(numbers()?.at(0)).toBeGreaterThan(100)
    expect(numbers()?.at(-1)).toBe(200)
    const first = numbers()?.[0] ?? 0
    await readOlder(id)
    expect(numbers()).toEqual(range(first - 10, 200))
  })

  it('learns what was unsent, edited and gone while nobody listened', async () => {
    const all = many(1, 5)
    server(all)
    await read()
    all[1] = message(2, { body: 'Changed' })
    all[2] = message(3, { unsent: true, body: null })
    all.splice(3, 1)
    await read()
    expect(numbers()).toEqual([1, 2, 3, 5])
    expect(entities.get('messages', messageId(2))?.body).toBe('Changed')
    expect(entities.get('messages', messageId(3))?.unsent).toBe(true)
  })

  it('shows a place in the past without mixing in what is new, and comes back', async () => {
    const all = many(1, 60)
    server(all)
    await read()
    await readAround(id, messageId(20))
    expect(numbers()).toEqual(range(10, 30))
    expect(threadOf(id)).toMatchObject({ hasOlder: true, hasNewer: true })
    all.push(message(61))
    receiveMessage(message(61))
    expect(numbers()).toEqual(range(10, 30))
    await readNewest(id)
    expect(numbers()).toEqual(range(52, 61))
  })

  it('is in the order of the server, in whatever order and however often they come', async () => {
    server(many(1, 2))
    await read()
    for (const n of [5, 3, 5, 4, 3]) receiveMessage(message(n))
    expect(numbers()).toEqual([1, 2, 3, 4, 5])
  })
})

describe('the list of conversations', () => {
  const known = () => entities.get('conversations', id)
  const listed = (unread_count: number, last: Message) =>
    ingestConversations([
      apiConversation('c1', ['ben', 'ana'], { last_message: last, viewer: { unread_count } }),
    ])

  it('counts what others say once, and not one’s own or what happened to the group', async () => {
    server([])
    listed(0, message(1))
    receiveMessage(message(2))
    receiveMessage(message(2))
    receiveMessage(message(3, { is_own: true }))
    receiveMessage(message(4, { kind: 'system', user: null }))
    expect(known()?.viewer.unread_count).toBe(1)
    expect(known()?.last_message?.message_id).toBe(messageId(4))
  })

  it('shows the one before when the last is unsent, and the server’s count', async () => {
    const all = many(1, 3)
    server(all)
    listed(3, message(3))
    all[2] = message(3, { unsent: true, body: null })
    changeMessage(message(3, { unsent: true, body: null }))
    await vi.waitFor(() => expect(known()?.last_message?.body).toBe('Message 2'))
    expect(known()?.viewer.unread_count).toBe(0)
    expect(JSON.stringify([entities.get('messages', messageId(3)), known()])).not.toContain('Message 3')
  })

  it('does not take an answer for the newest that was on its way when something was said', async () => {
    const answers = [later<unknown>(), later<unknown>()]
    const get = vi.fn(() => answers[get.mock.calls.length - 1]?.promise)
    fakeApi({ 'conversations.get': get })
    listed(0, message(1))
    dropMessage(id, messageId(1))
    receiveMessage(message(2))
    answers[0]?.resolve(apiConversation('c1', ['ben', 'ana'], { last_message: null }))
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2))
    expect(known()?.last_message?.message_id).toBe(messageId(2))
  })
})
