import { act, screen, within } from '@testing-library/react'
import type { Conversation, Message, SentMessage } from '@tintype/contract'
import { afterEach, beforeEach, vi } from 'vitest'
import { forgetOutbox } from '../../data/direct/outbox.ts'
import type { fakeApi } from '../../testing/fake-api.ts'
import { FakeSocket } from '../../testing/fake-socket.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiConversation, apiMessage, meNamed } from '../../testing/things.ts'

type Answers = Parameters<typeof fakeApi>[0]

export const ben = meNamed('ben')
export const address = '/direct/t/c1'
export const own = (n: number, fields: Partial<Message> = {}) =>
  apiMessage(n, 'ben', { is_own: true, client_message_id: `key-${n}`, ...fields })
export const fromAna = (n: number, fields: Partial<Message> = {}) => apiMessage(n, 'ana', fields)

/** The server makes a message of each that is sent. */
export const taking =
  (made: Message[]) =>
  async ({ body }: { body: { client_message_id: string; text?: string | undefined } }) => {
    const { client_message_id, text = null } = body
    const message = own(50 + made.length, { client_message_id, body: text })
    made.push(message)
    return message
  }

export const withAna = apiConversation('c1', ['ben', 'ana'])

interface Place {
  conversations?: readonly Conversation[]
  requests?: readonly Conversation[]
  /** Oldest first. */
  messages?: readonly Message[]
}

/** What the messenger asks, answered from a list of conversations and the messages of each. */
export function messengerApi({ conversations = [withAna], requests = [], messages = [] }: Place): Answers {
  return {
    'conversations.list': async (input) =>
      page([...(input?.query?.folder === 'requests' ? requests : conversations)]),
    'conversations.get': async ({ params }) =>
      [...conversations, ...requests].find((one) => one.conversation_id === params.conversation_id),
    'conversations.unread': async () => ({ count: 0, requests_count: requests.length }),
    'conversations.markRead': async ({ body }) => ({ last_read_message_id: body.up_to, unread_count: 0 }),
    'messages.list': async ({ params, query = {} }) =>
      pageOf(
        messages.filter((one) => one.conversation_id === params.conversation_id),
        query,
      ),
    'graph.following': async () => page([]),
  }
}

/** As the server pages: newest first, or from one on oldest first. */
function pageOf(all: readonly Message[], query: { before?: string; after?: string; limit?: number }) {
  const limit = query.limit ?? 20
  const { before, after } = query
  if (after !== undefined) {
    const later = all.filter((one) => one.message_id > after)
    return page(later.slice(0, limit), later.length > limit ? 'more' : null)
  }
  const earlier = all.filter((one) => before === undefined || one.message_id < before).reverse()
  return page(earlier.slice(0, limit), earlier.length > limit ? 'more' : null)
}

let cursor = 0

/** The socket of the page, which a test speaks from; and nothing of an earlier test is on its way. */
export function openSocket(): void {
  beforeEach(() => {
    FakeSocket.all = []
    vi.stubGlobal('WebSocket', FakeSocket)
  })
  afterEach(async () => {
    await forgetOutbox()
    vi.unstubAllGlobals()
  })
}
export const ready = (data: { resumed?: boolean } = {}) =>
  act(() => FakeSocket.last().ready(`e:${++cursor}`, data))
/** Says something to the member. */
export const say = (message: SentMessage) =>
  act(() => FakeSocket.last().say({ ...message, cursor: `e:${++cursor}` }))
export const frames = () => FakeSocket.all.flatMap(({ sent }) => sent as { type: string; data: object }[])

/** Opens an address of the messenger with its socket ready. */
export async function open(address: string) {
  const view = await renderRoute(address, { me: ben })
  await ready()
  return view
}

/** What stands in the open conversation; the list beside it says the last of it, too. */
export const said = async (text: string) =>
  within(await screen.findByRole('region', { name: 'Messages' })).findByText(text)
export const saidNow = (text: string) =>
  within(screen.getByRole('region', { name: 'Messages' })).queryAllByText(text)
export const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
/** What stands in the conversation, from top to bottom. */
export const shown = (pattern: RegExp) =>
  [...screen.getByRole('region', { name: 'Messages' }).querySelectorAll('li')].flatMap(
    (row) => row.textContent?.match(pattern)?.[0] ?? [],
  )
