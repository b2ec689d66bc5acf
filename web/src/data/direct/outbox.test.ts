import 'fake-indexeddb/auto'
import type { ConversationId, Message } from '@tintype/contract'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from '../../testing/render-route.tsx'
import { apiConversation, apiMessage, meNamed } from '../../testing/things.ts'

const id = 'c1' as ConversationId

interface Sent {
  params: { conversation_id: ConversationId }
  body: { client_message_id: string; text?: string }
}

/** A server that makes one message of an id, however often it is sent; it lives longer than a page. */
function server() {
  const made = new Map<string, Message>()
  const take = ({ params, body: { client_message_id, text } }: Sent): Message => {
    const known = made.get(client_message_id)
    const fields = {
      conversation_id: params.conversation_id,
      client_message_id,
      body: text ?? null,
      is_own: true,
    }
    const message = known ?? apiMessage(made.size + 1, 'ben', fields)
    made.set(client_message_id, message)
    return message
  }
  const send = vi.fn(async (sent: Sent) => take(sent))
  return { take, send, history: () => [...made.values()].map(({ body }) => body) }
}
type Server = ReturnType<typeof server>

/** A page with nothing in it but what the browser has kept. */
async function visit({ send }: Pick<Server, 'send'>, as = 'ben') {
  vi.resetModules()
  const { fakeApi } = await import('../../testing/fake-api.ts')
  const { TintypeError } = await import('@tintype/contract')
  const { queryClient } = await import('../query-client.ts')
  const { meQuery } = await import('../member.ts')
  const { threadOf, threadQuery } = await import('./thread.ts')
  const outbox = await import('./outbox.ts')
  fakeApi({
    'messages.send': send as never,
    'messages.list': async () => page([]),
    'conversations.get': async ({ params }) => apiConversation(params.conversation_id, ['ben', 'ana']),
  })
  queryClient.setQueryData(meQuery.queryKey, meNamed(as))
  await queryClient.fetchQuery(threadQuery(id))
  const unreached = () => new TintypeError('unavailable', { cause: new TypeError('no network') })
  const refused = () => new TintypeError('cannot_message')
  return { ...outbox, unreached, refused, arrived: () => threadOf(id)?.ids.length ?? 0 }
}

const write = (text: string, conversation_id = id) =>
  ({ conversation_id, text, reply_to: null, photos: [], expires: null }) as const

function goOffline(offline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(!offline)
  if (!offline) window.dispatchEvent(new Event('online'))
}

const isMarked = () => localStorage.getItem('tintype.unsent') !== null

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  localStorage.clear()
})
afterEach(() => goOffline(false))

describe('messages on their way', () => {
  it('go out one after the other, in the order they were written, however long each takes', async () => {
    const place = server()
    const page = await visit(place)
    place.send.mockImplementation(async (sent) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 12))
      return place.take(sent)
    })
    const texts = Array.from({ length: 10 }, (_, index) => `${index + 1}`)
    for (const text of texts) page.sendMessage(write(text))
    await vi.waitFor(() => expect(page.arrived()).toBe(10))
    expect(place.history()).toEqual(texts)
    await vi.waitFor(() => expect(isMarked()).toBe(false))
  })

  it('wait for the network, and go out by themselves when it is back', async () => {
    const place = server()
    const page = await visit(place)
    goOffline(true)
    for (const text of ['a', 'b', 'c']) page.sendMessage(write(text))
    await vi.waitFor(() => expect(isMarked()).toBe(true))
    expect(place.send).not.toHaveBeenCalled()
    goOffline(false)
    await vi.waitFor(() => expect(place.history()).toEqual(['a', 'b', 'c']))
  })

  it('are one message where the answer is lost, also when the page was left meanwhile', async () => {
    const place = server()
    const first = await visit(place)
    place.send.mockImplementation(async (sent) => {
      place.take(sent)
      goOffline(true)
      throw first.unreached()
    })
    first.sendMessage(write('once'))
    first.sendMessage(write('twice'))
    await vi.waitFor(() => expect(place.send).toHaveBeenCalled())
    expect(isMarked()).toBe(true)
    place.send.mockImplementation(async (sent) => place.take(sent))
    const second = await visit(place)
    goOffline(false)
    await second.resumeOutbox()
    await vi.waitFor(() => expect(place.history()).toEqual(['once', 'twice']))
    await vi.waitFor(() => expect(isMarked()).toBe(false))
    const keys = new Set(place.send.mock.calls.map(([{ body }]) => body.client_message_id))
    expect(keys.size).toBe(2)
  })

  it('are not sent again by a page that comes later, once they have been', async () => {
    const place = server()
    const first = await visit(place)
    first.sendMessage(write('hello'))
    await vi.waitFor(() => expect(isMarked()).toBe(false))
    const second = await visit(place)
    await second.resumeOutbox()
    expect(place.send).toHaveBeenCalledTimes(1)
  })

  it('do not hold up those after one that is refused, which is sent again or discarded by hand', async () => {
    const place = server()
    const page = await visit(place)
    place.send.mockImplementationOnce(async () => {
      throw page.refused()
    })
    page.sendMessage(write('no'))
    page.sendMessage(write('yes'))
    await vi.waitFor(() => expect(place.history()).toEqual(['yes']))
    const [refused] = page.outgoing()
    expect(refused).toMatchObject({ text: 'no', refusal: 'You cannot send messages here.' })
    if (refused) page.sendAgain(refused)
    await vi.waitFor(() => expect(place.history()).toEqual(['yes', 'no']))
    expect(page.outgoing()).toEqual([])
  })

  it('take pictures along with what they are described by', async () => {
    const uploadPicture = async (file: Blob) => `upload-${file.size}`
    vi.doMock('../upload-picture.ts', () => ({ uploadPicture }))
    const place = server()
    const page = await visit(place)
    vi.doUnmock('../upload-picture.ts')
    const photos = [{ alt_text: ' A coast ' }, {}, { alt_text: ' ' }].map((described, at) => ({
      file: new Blob([new Uint8Array(at + 1)], { type: 'image/png' }),
      name: 'plate.png',
      size: undefined,
      ...described,
    }))
    page.sendMessage({ ...write(''), text: null, photos })
    await vi.waitFor(() => expect(place.send).toHaveBeenCalledOnce())
    expect(place.send.mock.calls[0]?.[0].body).toMatchObject({
      photos: [
        { upload_id: 'upload-1', alt_text: 'A coast' },
        { upload_id: 'upload-2' },
        { upload_id: 'upload-3' },
      ],
    })
  })

  it('of one conversation do not wait for another', async () => {
    const place = server()
    const page = await visit(place)
    const stuck = Promise.withResolvers<never>()
    place.send.mockImplementation(async (sent) =>
      sent.params.conversation_id === id ? stuck.promise : place.take(sent),
    )
    page.sendMessage(write('stuck'))
    page.sendMessage(write('free', 'c2' as ConversationId))
    await vi.waitFor(() => expect(place.history()).toEqual(['free']))
  })

  it('are nobody else’s on this device, and gone when their member logs out', async () => {
    const place = server()
    const bens = await visit(place)
    goOffline(true)
    bens.sendMessage(write('for ana'))
    await vi.waitFor(() => expect(isMarked()).toBe(true))
    const carlas = await visit(place, 'carla')
    await carlas.resumeOutbox()
    expect(carlas.outgoing()).toEqual([])
    const again = await visit(place)
    await again.resumeOutbox()
    expect(again.outgoing()).toHaveLength(1)
    await again.forgetOutbox()
    // Also of a tab that has it on its way.
    goOffline(false)
    await vi.waitFor(() => expect(bens.outgoing()).toEqual([]))
    const later = await visit(place)
    await later.resumeOutbox()
    expect(later.outgoing()).toEqual([])
    expect(place.history()).toEqual([])
  })
})
