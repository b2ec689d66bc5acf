import { REALTIME_UNAUTHENTICATED } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Handlers, RealtimeSocket } from './socket.ts'

class FakeSocket extends EventTarget {
  static all: FakeSocket[] = []
  readonly url: string
  readonly close = vi.fn()
  constructor(url: string) {
    super()
    this.url = url
    FakeSocket.all.push(this)
  }
  say(data: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(data) }))
  }
  drop(code = 1006) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

const last = () => {
  const socket = FakeSocket.all.at(-1)
  if (!socket) throw new Error('no socket was opened')
  return socket
}

let handlers: Handlers
let beforeRetry: () => Promise<unknown>
let socket: RealtimeSocket

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
  handlers = {
    ready: vi.fn(),
    'feed.new_posts': vi.fn(),
    'notifications.unread': vi.fn(),
    'post.status': vi.fn(),
  }
  beforeRetry = vi.fn(async () => undefined)
  socket = new RealtimeSocket({ url: 'ws://x/', handlers, beforeRetry, random: () => 1 })
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
    expect(handlers['feed.new_posts']).toHaveBeenCalledWith({ count: 2 })
    expect(handlers['notifications.unread']).not.toHaveBeenCalled()
  })

  it('passes over what it does not know', () => {
    last().say({ type: 'of.tomorrow', data: {} })
    last().say(null)
    last().dispatchEvent(new MessageEvent('message', { data: 'noise' }))
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled()
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

  it('begins anew with short waits once it was ready', async () => {
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    last().say({ type: 'ready', data: { user_id: 'u' } })
    last().drop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(FakeSocket.all).toHaveLength(3)
    expect(beforeRetry).not.toHaveBeenCalled()
  })

  it('renews the session before it comes back where the server did not know it', async () => {
    last().drop(REALTIME_UNAUTHENTICATED)
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
})
