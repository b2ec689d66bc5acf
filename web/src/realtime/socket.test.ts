import { closeCodes, type PostId, type SentMessage } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeSocket } from '../testing/fake-socket.ts'
import { RealtimeSocket, type TopicGuest } from './socket.ts'

const last = FakeSocket.last

const newPosts = vi.fn()
const unread = vi.fn()
const catchUp = vi.fn()
let beforeRetry: () => Promise<unknown>
let socket: RealtimeSocket

beforeEach(() => {
  vi.useFakeTimers()
  for (const mock of [newPosts, unread, catchUp]) mock.mockReset()
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
  beforeRetry = vi.fn(async () => undefined)
  socket = new RealtimeSocket({ url: () => 'ws://x/', catchUp, beforeRetry, random: () => 1 })
  socket.on('feed.new_posts', newPosts)
  socket.on('notifications.unread', unread)
  socket.open()
})

afterEach(() => {
  socket.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the socket', () => {
  it('hands each message to its own handler', () => {
    last().say({ type: 'feed.new_posts', data: { count: 2 } })
    expect(newPosts).toHaveBeenCalledWith({ count: 2 })
    expect(unread).not.toHaveBeenCalled()
  })

  it('passes over what it does not know', () => {
    last().say({ type: 'of.tomorrow', data: {} })
    last().say(null)
    last().dispatchEvent(new MessageEvent('message', { data: 'noise' }))
    for (const handler of [newPosts, unread]) expect(handler).not.toHaveBeenCalled()
  })

  it('waits longer after each failure, up to half a minute', async () => {
    for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const opened = FakeSocket.all.length
      last().drop()
      await vi.advanceTimersByTimeAsync(wait - 1)
      expect(FakeSocket.all).toHaveLength(opened)
      await vi.advanceTimersByTimeAsync(1)
      expect(FakeSocket.all).toHaveLength(opened + 1)
    }
  })

  it.each([
    ['where sockets are blocked it reads again with each further try', async () => undefined, 2],
    ['where the server is away it does not', async () => Promise.reject(new Error('away')), 0],
  ])('%s', async (_, answer, times) => {
    beforeRetry = vi.fn(answer)
    socket.close()
    socket = new RealtimeSocket({ url: () => 'ws://x/', catchUp, beforeRetry, random: () => 1 })
    socket.open()
    for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000]) {
      last().drop()
      await vi.advanceTimersByTimeAsync(wait)
    }
    expect(catchUp).toHaveBeenCalledTimes(times)
  })

  it('begins anew with short waits once it was ready', async () => {
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    last().ready('e:1')
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(FakeSocket.all).toHaveLength(3)
    expect(beforeRetry).not.toHaveBeenCalled()
  })

  it('renews the session before it comes back where the server did not know it', async () => {
    last().drop(closeCodes.unauthenticated.code)
    await vi.advanceTimersByTimeAsync(1000)
    expect(beforeRetry).toHaveBeenCalledOnce()
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('tries at once when the network is back', async () => {
    last().drop()
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('stays closed when it was closed', async () => {
    socket.close()
    last().drop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.all).toHaveLength(1)
  })

  it.each([closeCodes.too_many_connections, closeCodes.too_many_frames])(
    'does not come back soon after $code',
    async ({ code }) => {
      last().ready('e:1')
      last().drop(code)
      await vi.advanceTimersByTimeAsync(30_999)
      expect(FakeSocket.all).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1)
      expect(FakeSocket.all).toHaveLength(2)
    },
  )

  it('comes back over as long a time as the server wants for so many', async () => {
    last().ready('e:1', { spread_ms: 50_000 })
    last().drop()
    await vi.advanceTimersByTimeAsync(50_999)
    expect(FakeSocket.all).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(FakeSocket.all).toHaveLength(2)
  })

  it('asks whether the other end is there, and gives up one that does not answer', async () => {
    last().ready('e:1')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(last().sent).toEqual([{ type: 'ping', data: {} }])
    last().say({ type: 'pong', data: {} })
    await vi.advanceTimersByTimeAsync(59_999)
    expect(last().sent).toHaveLength(1)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(last().sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(last().close).toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1000)
    expect(FakeSocket.all).toHaveLength(2)
    // Whatever the first one says now is nobody's.
    FakeSocket.all[0]?.say({ type: 'feed.new_posts', data: { count: 2 } })
    expect(newPosts).not.toHaveBeenCalled()
  })
})

describe('where it left off', () => {
  const back = async (data: { resumed: boolean }) => {
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    last().ready('f:1', data)
  }

  it('goes on, and fetches nothing', async () => {
    last().ready('e:1')
    last().say({ type: 'feed.new_posts', data: { count: 1 }, cursor: 'e:7' })
    await back({ resumed: true })
    expect(last().url).toBe('ws://x/?resume=e%3A7')
    expect(catchUp).not.toHaveBeenCalled()
  })

  it('fetches where the server cannot tell what was missed', async () => {
    last().ready('e:1')
    await back({ resumed: false })
    expect(last().url).toBe('ws://x/?resume=e%3A1')
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('fetches after a first connection that took several tries', async () => {
    await back({ resumed: false })
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('fetches a while after the server missed something, not all clients at once', async () => {
    last().ready('e:1', { spread_ms: 4000 })
    last().say({ type: 'missed', data: {}, cursor: 'f:1' })
    await vi.advanceTimersByTimeAsync(3999)
    expect(catchUp).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('begins anew for another member', () => {
    last().ready('e:1')
    socket.close()
    socket.open()
    expect(last().url).toBe('ws://x/')
  })
})

describe('a topic', () => {
  const topic = 'post:p' as const
  const subscribe = (resume?: string) => ({
    type: 'subscribe',
    data: resume === undefined ? { topic } : { topic, resume },
  })
  const subscribed = (resumed: boolean, cursor = 'e:2') =>
    last().say({ type: 'subscribed', data: { resumed }, topic, cursor })
  const counted: SentMessage = {
    type: 'post.counted',
    data: { post_id: 'p' as PostId, likes_count: 1, comments_count: 0 },
    topic,
    cursor: 'e:9',
  }
  const guest = () => ({ hear: vi.fn(), catchUp: vi.fn(), leave: vi.fn() }) satisfies TopicGuest

  it('is asked for once the socket is ready, and told to who follows it', () => {
    const one = guest()
    socket.follow(topic, one)
    expect(last().sent).toEqual([])
    last().ready('e:1')
    expect(last().sent).toEqual([subscribe()])
    subscribed(false)
    expect(one.catchUp).toHaveBeenCalledOnce()
    last().say(counted)
    expect(one.hear.mock.calls).toEqual([[counted]])
  })

  it('goes on after a break', async () => {
    const one = guest()
    last().ready('e:1')
    socket.follow(topic, one)
    subscribed(false)
    last().say(counted)
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    last().ready('e:12', { resumed: true })
    expect(last().sent).toEqual([subscribe('e:9')])
    subscribed(true, 'e:9')
    expect(one.catchUp).toHaveBeenCalledOnce()
  })

  it('is asked for once however many follow it, and left when the last one goes', () => {
    last().ready('e:1')
    const [one, two] = [guest(), guest()]
    const ends = [socket.follow(topic, one), socket.follow(topic, two)]
    expect(last().sent).toEqual([subscribe()])
    ends[0]?.()
    last().say(counted)
    expect(one.hear).not.toHaveBeenCalled()
    expect(two.hear).toHaveBeenCalled()
    ends[1]?.()
    expect(last().sent.at(-1)).toEqual({ type: 'unsubscribe', data: { topic } })
  })

  it('that may not be followed any more is not asked for again', async () => {
    last().ready('e:1')
    const one = guest()
    const end = socket.follow(topic, one)
    last().say({ type: 'unsubscribed', data: { code: 'not_found' }, topic })
    expect(one.leave).toHaveBeenCalledOnce()
    end()
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    last().ready('e:2')
    expect(FakeSocket.all.flatMap(({ sent }) => sent)).toEqual([subscribe()])
  })
})
