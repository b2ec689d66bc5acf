import { vi } from 'vitest'

/** The other end of a WebSocket, in a test's hands. `vi.stubGlobal('WebSocket', FakeSocket)` */
export class FakeSocket extends EventTarget {
  static all: FakeSocket[] = []
  readonly url: string
  readonly close = vi.fn()
  readonly sent: unknown[] = []
  constructor(url: string) {
    super()
    this.url = url
    FakeSocket.all.push(this)
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  /** Says that it is ready. */
  ready(cursor: string, data: { resumed?: boolean; spread_ms?: number } = {}) {
    this.say({ type: 'ready', data: { user_id: 'u', resumed: false, spread_ms: 0, ...data }, cursor })
  }
  say(data: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(data) }))
  }
  drop(code = 1006) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
  /** The one that was opened last. */
  static last(): FakeSocket {
    const socket = FakeSocket.all.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
}
