import 'fake-indexeddb/auto'
import { act, screen, waitFor } from '@testing-library/react'
import { type Message, TintypeError } from '@tintype/contract'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { FakeSocket } from '../../testing/fake-socket.ts'
import { apiConversation } from '../../testing/things.ts'
import {
  address,
  field,
  fromAna,
  messengerApi,
  open,
  openSocket,
  own,
  ready,
  said,
  saidNow,
  say,
  shown,
  taking,
  withAna,
} from './messenger-under-test.tsx'

openSocket()
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('a conversation', () => {
  it('shows what was said, whose it is, and what is said now', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1), own(2), fromAna(3)] }))
    await open(address)
    expect(await said('Message 3')).toBeDefined()
    expect(shown(/Message \d/)).toEqual(['Message 1', 'Message 2', 'Message 3'])
    await say({ type: 'message.created', data: { message: fromAna(4, { body: 'And now?' }) } })
    expect(await said('And now?')).toBeDefined()
    await say({ type: 'message.created', data: { message: fromAna(4, { body: 'And now?' }) } })
    expect(saidNow('And now?')).toHaveLength(1)
  })

  it('sends by Enter, shows it at once, and once, whatever comes first', async () => {
    const answer = Promise.withResolvers<Message>()
    const api = fakeApi({
      ...messengerApi({ messages: [fromAna(1)] }),
      'messages.send': () => answer.promise,
    })
    const { user } = await open(address)
    await user.type(await field(), 'Hello there{Enter}')
    expect(await said('Hello there')).toBeDefined()
    expect((await field()).value).toBe('')
    expect(screen.getByText('Sending')).toBeDefined()
    const row = saidNow('Hello there')[0]?.closest('li')
    await waitFor(() => expect(api.messages.send).toHaveBeenCalledOnce())
    const { client_message_id } = vi.mocked(api.messages.send).mock.calls[0]?.[0].body ?? {}
    const made = own(2, { client_message_id: client_message_id ?? null, body: 'Hello there' })
    await say({ type: 'message.created', data: { message: made } })
    answer.resolve(made)
    expect(await screen.findByText('Sent')).toBeDefined()
    expect(saidNow('Hello there')).toHaveLength(1)
    expect(saidNow('Hello there')[0]?.closest('li')).toBe(row)
  })

  it('breaks the line by Shift and Enter, and sends nothing that is blank', async () => {
    const made: Message[] = []
    fakeApi({ ...messengerApi({}), 'messages.send': taking(made) })
    const { user } = await open(address)
    await user.type(await field(), '  {Enter}')
    expect(made).toEqual([])
    await user.clear(await field())
    await user.type(await field(), 'one{Shift>}{Enter}{/Shift}two{Enter}')
    await waitFor(() => expect(made.map(({ body }) => body)).toEqual(['one\ntwo']))
  })

  it('keeps each draft with its conversation, and Enter after switching sends to the right one', async () => {
    const withCarla = apiConversation('c2', ['ben', 'carla'])
    const sent: unknown[] = []
    fakeApi({
      ...messengerApi({ conversations: [withAna, withCarla] }),
      'messages.send': async ({ params, body }) => {
        sent.push([params.conversation_id, body.text])
        return own(9, { ...params, client_message_id: body.client_message_id, body: body.text ?? null })
      },
    })
    const { user, router } = await open(address)
    await user.type(await field(), 'for ana')
    await act(() => router.navigate({ to: '/direct/t/$conversationId', params: { conversationId: 'c2' } }))
    await waitFor(async () => expect((await field()).value).toBe(''))
    expect(screen.getByText('Draft: for ana')).toBeDefined()
    await user.type(await field(), 'for carla{Enter}')
    await waitFor(() => expect(sent).toEqual([['c2', 'for carla']]))
    await act(() => router.navigate({ to: '/direct/t/$conversationId', params: { conversationId: 'c1' } }))
    await waitFor(async () => expect((await field()).value).toBe('for ana'))
    await user.type(await field(), '{Enter}')
    await waitFor(() => expect(sent.at(-1)).toEqual(['c1', 'for ana']))
    expect(localStorage.getItem('tintype.drafts')).toBeNull()
  })

  it('says why one was not sent, and offers to try again or to let it be', async () => {
    const send = vi.fn().mockRejectedValueOnce(new TintypeError('cannot_message'))
    const made: Message[] = []
    fakeApi({ ...messengerApi({}), 'messages.send': send })
    const { user } = await open(address)
    await user.type(await field(), 'Hey{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('You cannot send messages here.')
    send.mockImplementation(taking(made))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Sent')).toBeDefined()
  })
})

describe('after a break', () => {
  it('has all that was said meanwhile, in order, each once', async () => {
    const messages = [fromAna(1)]
    fakeApi(messengerApi({ messages }))
    await open(address)
    await said('Message 1')
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
    try {
      FakeSocket.last().drop()
      messages.push(fromAna(2), fromAna(3), fromAna(4))
      await act(() => vi.advanceTimersByTimeAsync(1500))
      await ready({ resumed: false })
      await say({ type: 'message.created', data: { message: fromAna(4) } })
      expect(await said('Message 2')).toBeDefined()
      expect(shown(/Message \d/)).toEqual(['Message 1', 'Message 2', 'Message 3', 'Message 4'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('is over for whoever was taken out: nothing more is shown, and nothing can be sent', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    await open(address)
    await said('Message 1')
    await say({ type: 'conversation.gone', data: { conversation_id: withAna.conversation_id } })
    expect(await screen.findByText('This conversation is not there')).toBeDefined()
    expect(screen.queryByText('Message 1')).toBeNull()
    expect(screen.queryByRole('textbox', { name: 'Message' })).toBeNull()
  })

  it('shows one that does not exist like one that may not be seen', async () => {
    fakeApi({
      ...messengerApi({}),
      'conversations.get': async () => {
        throw new TintypeError('not_found')
      },
    })
    await open('/direct/t/nowhere')
    expect(await screen.findByText('This conversation is not there')).toBeDefined()
  })
})
