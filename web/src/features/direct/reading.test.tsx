import 'fake-indexeddb/auto'
import { act, screen, waitFor } from '@testing-library/react'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { apiConversation, memberOf, messageId, userNamed } from '../../testing/things.ts'
import {
  address,
  ben,
  field,
  frames,
  fromAna,
  messengerApi,
  open,
  openSocket,
  own,
  said,
  say,
  taking,
  withAna,
} from './messenger-under-test.tsx'

function hideTab(hidden: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(hidden ? 'hidden' : 'visible')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
}

openSocket()
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('reading', () => {
  const unread = apiConversation('c1', ['ben', 'ana'], {
    last_message: fromAna(3),
    viewer: { unread_count: 2, last_read_message_id: messageId(1) },
  })
  const messages = [fromAna(1), fromAna(2), fromAna(3)]

  it('marks what is in sight as read, and shows where the new begins', async () => {
    const api = fakeApi(messengerApi({ conversations: [unread], messages }))
    await open(address)
    expect(await screen.findByText('New messages')).toBeDefined()
    await waitFor(() => expect(api.conversations.markRead).toHaveBeenCalledOnce())
    expect(api.conversations.markRead).toHaveBeenCalledWith({
      params: { conversation_id: 'c1' },
      body: { up_to: messageId(3) },
    })
    await waitFor(() => expect(screen.queryByText('2 unread messages')).toBeNull())
  })

  it('marks nothing in a tab that nobody looks at, until somebody does', async () => {
    hideTab(true)
    const api = fakeApi(messengerApi({ conversations: [unread], messages }))
    await open(address)
    await said('Message 3')
    await say({ type: 'message.created', data: { message: fromAna(4) } })
    await said('Message 4')
    expect(api.conversations.markRead).not.toHaveBeenCalled()
    hideTab(false)
    await waitFor(() => expect(api.conversations.markRead).toHaveBeenCalledOnce())
    expect(vi.mocked(api.conversations.markRead).mock.calls[0]?.[0].body).toEqual({ up_to: messageId(4) })
  })

  it('marks nothing of a request before it is accepted', async () => {
    const request = { ...unread, viewer: { ...unread.viewer, status: 'request' as const } }
    const api = fakeApi({
      ...messengerApi({ conversations: [], requests: [request], messages }),
      'conversations.accept': async () => unread,
    })
    const { user } = await open(address)
    await said('Message 3')
    expect(screen.queryByRole('textbox', { name: 'Message' })).toBeNull()
    expect(api.conversations.markRead).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    expect(await field()).toBeDefined()
    await waitFor(() => expect(api.conversations.markRead).toHaveBeenCalledOnce())
  })

  it('on another device clears the count here', async () => {
    hideTab(true)
    const api = fakeApi(messengerApi({ conversations: [unread], messages }))
    await open('/direct/inbox')
    expect(await screen.findByText('2 unread messages')).toBeDefined()
    vi.mocked(api.conversations.get).mockResolvedValue({
      ...unread,
      viewer: { ...unread.viewer, unread_count: 0 },
    })
    await say({
      type: 'conversation.read',
      data: { conversation_id: unread.conversation_id, user_id: ben.user_id, up_to: messageId(3) },
    })
    await waitFor(() => expect(screen.queryByText('2 unread messages')).toBeNull())
  })

  it('of the other is told: sent, delivered, seen', async () => {
    const last = own(2)
    const conversation = apiConversation('c1', ['ben', 'ana'], { last_message: last })
    fakeApi(messengerApi({ conversations: [conversation], messages: [fromAna(1), last] }))
    await open(address)
    expect(await screen.findByText('Sent')).toBeDefined()
    const mark = {
      conversation_id: withAna.conversation_id,
      user_id: userNamed('ana').user_id,
      up_to: messageId(2),
    }
    await say({ type: 'conversation.delivered', data: mark })
    expect(await screen.findByText('Delivered')).toBeDefined()
    await say({ type: 'conversation.read', data: mark })
    expect(await screen.findByText('Seen')).toBeDefined()
  })

  it('in a group is told by name', async () => {
    const last = own(2)
    const members = [
      memberOf('ben'),
      memberOf('ana', { last_read_message_id: messageId(2) }),
      memberOf('carla', { last_delivered_message_id: messageId(2) }),
    ]
    const group = apiConversation('c1', ['ben', 'ana', 'carla'], {
      members,
      last_message: last,
      name: 'Plates',
    })
    fakeApi(messengerApi({ conversations: [group], messages: [last] }))
    await open(address)
    expect(await screen.findByText('Seen by Ana')).toBeDefined()
  })
})

describe('who is there', () => {
  const typing = { conversation_id: withAna.conversation_id, user_id: userNamed('ana').user_id }
  const topic = 'conversation:c1' as const
  const inTopic = (message: Parameters<typeof say>[0]) => say({ ...message, topic })

  it('types, until what they typed is there', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    await open(address)
    await said('Message 1')
    await inTopic({ type: 'conversation.typing', data: typing })
    expect(await screen.findByText('Ana is typing')).toBeDefined()
    await say({ type: 'message.created', data: { message: fromAna(2) } })
    await waitFor(() => expect(screen.queryByText('Ana is typing')).toBeNull())
  })

  it('types no more when nothing more is heard of it', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    await open(address)
    await said('Message 1')
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
    try {
      await inTopic({ type: 'conversation.typing', data: typing })
      await act(() => vi.advanceTimersByTimeAsync(5000))
      expect(screen.getByText('Ana is typing')).toBeDefined()
      await act(() => vi.advanceTimersByTimeAsync(1500))
      expect(screen.queryByText('Ana is typing')).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })

  it('is active, or was', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    await open(address)
    await said('Message 1')
    const presence = (active: boolean, last_active_at: string | null) =>
      inTopic({
        type: 'conversation.presence',
        data: {
          conversation_id: withAna.conversation_id,
          members: [{ user_id: typing.user_id, active, last_active_at }],
        },
      })
    await presence(true, null)
    expect(await screen.findByText('Active now')).toBeDefined()
    await presence(false, new Date(Date.now() - 300_000).toISOString())
    expect(await screen.findByText('Active 5m ago')).toBeDefined()
  })

  it('is in quiet mode, and is told later of what one says', async () => {
    const members = withAna.members.map((one) =>
      one.username === 'ana' ? { ...one, quiet: true as const } : one,
    )
    const quiet = { ...withAna, members }
    const api = messengerApi({ conversations: [quiet], messages: [fromAna(1)] })
    fakeApi({ ...api, 'messages.send': taking([]) })
    const { user } = await open(address)
    expect(await screen.findByText('In quiet mode')).toBeDefined()
    expect(screen.queryByText(/is told later/)).toBeNull()
    await user.type(await field(), 'Hello you{Enter}')
    expect(await screen.findByText('Ana is in quiet mode, and is told later.')).toBeDefined()
  })

  it('is told that one types, and not for each letter', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    const { user } = await open(address)
    await user.type(await field(), 'Hello you')
    expect(frames().filter(({ type }) => type === 'typing')).toEqual([
      { type: 'typing', data: { conversation_id: 'c1' } },
    ])
  })

  it('is told once that what they sent has arrived', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    await open(address)
    await said('Message 1')
    for (const n of [2, 3]) await say({ type: 'message.created', data: { message: fromAna(n) } })
    await say({ type: 'message.created', data: { message: own(4) } })
    await waitFor(() => expect(frames().filter(({ type }) => type === 'delivered')).toHaveLength(1), {
      timeout: 3000,
    })
    expect(frames().find(({ type }) => type === 'delivered')?.data).toEqual({
      conversation_id: 'c1',
      up_to: messageId(3),
    })
  })
})
