import {
  REALTIME_UNAUTHENTICATED,
  type RealtimeMessage,
  type RealtimeMessages,
  type RealtimeType,
} from '@tintype/contract'

export type Handlers = { [T in RealtimeType]: (data: RealtimeMessages[T]) => void }

interface SocketOptions {
  url: string
  handlers: Handlers
  /** Called before another try when the server did not know us, or did not open at all: the session may need renewing. */
  beforeRetry: () => Promise<unknown>
  /** Between 0 and 1; spreads the reconnects of many after a restart. */
  random?: () => number
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/**
 * A socket that stays: `idle → connecting → ready → waiting → connecting …` until `close()`. Waits double up to half a
 * minute; coming back online or to the tab tries at once.
 */
export class RealtimeSocket {
  readonly #options: SocketOptions
  #socket: WebSocket | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #isUnknown = false
  #closed = true

  constructor(options: SocketOptions) {
    this.#options = options
  }

  open(): void {
    if (!this.#closed) return
    this.#closed = false
    window.addEventListener('online', this.#retryNow)
    document.addEventListener('visibilitychange', this.#retryNow)
    this.#connect()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    window.removeEventListener('online', this.#retryNow)
    document.removeEventListener('visibilitychange', this.#retryNow)
    this.#socket?.close()
    this.#socket = undefined
  }

  #connect(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const socket = new WebSocket(this.#options.url)
    this.#socket = socket
    socket.addEventListener('message', (event) => this.#receive(event.data))
    socket.addEventListener('close', ({ code }) => this.#lost(socket, code))
  }

  #receive(text: unknown): void {
    const message = parse(text)
    if (!message) return
    if (message.type === 'ready') this.#failures = 0
    const handle = this.#options.handlers[message.type] as ((data: unknown) => void) | undefined
    handle?.(message.data)
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#closed || socket !== this.#socket) return
    this.#isUnknown = code === REALTIME_UNAUTHENTICATED
    this.#socket = undefined
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures)
    this.#failures += 1
    const wait = longest * (0.5 + 0.5 * (this.#options.random ?? Math.random)())
    this.#timer = setTimeout(() => void this.#retry(), wait)
  }

  async #retry(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isUnknown || this.#failures > 1) await this.#options.beforeRetry().catch(() => undefined)
    if (!this.#closed && !this.#socket) this.#connect()
  }

  readonly #retryNow = (): void => {
    if (this.#timer !== undefined && document.visibilityState === 'visible' && navigator.onLine)
      void this.#retry()
  }
}

/** A message of a newer server, or noise, is passed over. */
function parse(text: unknown): RealtimeMessage | undefined {
  try {
    const message = JSON.parse(String(text)) as RealtimeMessage
    return typeof message?.type === 'string' ? message : undefined
  } catch {
    return undefined
  }
}
