import {
  closeCodes,
  type RealtimeMessages,
  type RealtimeType,
  type SentFrame,
  type SentMessage,
  type TopicName,
} from '@tintype/contract'
import { Alarm } from './alarm.ts'

/** Who follows a topic while something is on the screen. */
export interface TopicGuest {
  hear(message: SentMessage): void
  /** What is shown may be behind: fetch it again. Also when the topic has just been joined, since what is shown was read before. */
  catchUp(): void
  /** The topic may not be followed, or not any more. */
  leave(): void
}

interface SocketOptions {
  url: () => string
  /** What was said to the member since the last connection is lost: fetch what is shown. */
  catchUp: () => void
  /** Called before another try when the server did not know us, or did not open at all: the session may need renewing. */
  beforeRetry: () => Promise<unknown>
  /** Between 0 and 1; spreads the reconnects of many after a restart. */
  random?: () => number
}

interface Topic {
  guests: Set<TopicGuest>
  cursor: string | undefined
}

type Handler = (data: never) => void

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** After so many failures with a server that answers otherwise, sockets are blocked on the way: each further try reads again instead. */
const BLOCKED = 4
const yes = () => true
const no = () => false
/** Between two signs of life asked of the server, and how long it may take. */
const QUIET_MS = 60_000
const ANSWER_MS = 10_000

/** After these there is no use in coming back soon. */
const patient: ReadonlySet<number> = new Set([
  closeCodes.too_many_connections.code,
  closeCodes.too_many_frames.code,
])

/**
 * A socket that stays: `idle → connecting → ready → waiting → connecting …` until `close()`. It goes on where it left off: each
 * message has a cursor, and the last one comes along with the next try. Waits double up to half a minute, each with a random part; coming
 * back online or to the tab tries at once, or looks whether the connection is still one.
 */
export class RealtimeSocket {
  readonly #options: SocketOptions
  readonly #handlers = new Map<RealtimeType, Set<Handler>>()
  readonly #topics = new Map<TopicName, Topic>()
  readonly #retrying = new Alarm()
  readonly #quiet = new Alarm()
  readonly #catchingUp = new Alarm()
  #socket: WebSocket | undefined
  #isReady = false
  #cursor: string | undefined
  #spreadMs = 0
  #failures = 0
  #isUnknown = false
  #closed = true

  constructor(options: SocketOptions) {
    this.#options = options
  }

  open(): void {
    if (!this.#closed) return
    this.#closed = false
    window.addEventListener('online', this.#look)
    document.addEventListener('visibilitychange', this.#look)
    this.#connect()
  }

  /** For another member it begins anew. */
  close(): void {
    this.#closed = true
    window.removeEventListener('online', this.#look)
    document.removeEventListener('visibilitychange', this.#look)
    for (const alarm of [this.#retrying, this.#quiet, this.#catchingUp]) alarm.stop()
    this.#socket?.close()
    this.#socket = undefined
    this.#isReady = false
    this.#cursor = undefined
    this.#failures = 0
    this.#isUnknown = false
    for (const topic of this.#topics.values()) topic.cursor = undefined
  }

  /** What is said to the member. Answers the way to stop. */
  on<T extends RealtimeType>(type: T, handler: (data: RealtimeMessages[T]) => void): () => void {
    const handlers = this.#handlers.get(type) ?? new Set()
    this.#handlers.set(type, handlers.add(handler as Handler))
    return () => handlers.delete(handler as Handler)
  }

  /** Follows a topic for as long as somebody does. Answers the way to stop. */
  follow(name: TopicName, guest: TopicGuest): () => void {
    const known = this.#topics.get(name)
    const topic = known ?? { guests: new Set(), cursor: undefined }
    topic.guests.add(guest)
    if (known) guest.catchUp()
    else {
      this.#topics.set(name, topic)
      this.#subscribe(name, topic)
    }
    return () => {
      if (!topic.guests.delete(guest) || topic.guests.size > 0 || this.#topics.get(name) !== topic) return
      this.#topics.delete(name)
      this.send({ type: 'unsubscribe', data: { topic: name } })
    }
  }

  /** What cannot be said now is not said: frames tell of the moment. */
  send(frame: SentFrame): void {
    if (this.#isReady) this.#socket?.send(JSON.stringify(frame))
  }

  #connect(): void {
    this.#retrying.stop()
    const url = new URL(this.#options.url())
    if (this.#cursor !== undefined) url.searchParams.set('resume', this.#cursor)
    const socket = new WebSocket(url.href)
    this.#socket = socket
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#receive(event.data)
    })
    socket.addEventListener('close', ({ code }) => this.#lost(socket, code))
  }

  #subscribe(name: TopicName, { cursor }: Topic): void {
    this.send({
      type: 'subscribe',
      data: cursor === undefined ? { topic: name } : { topic: name, resume: cursor },
    })
  }

  #receive(text: unknown): void {
    this.#watch()
    const message = parse(text)
    if (!message) return
    if (message.topic === undefined) this.#take(message)
    else this.#hear(message.topic, message)
  }

  #take(message: SentMessage): void {
    if (message.type === 'ready') this.#begin(message.data)
    if (message.type === 'missed') this.#miss()
    if (message.cursor !== undefined) this.#cursor = message.cursor
    for (const handle of this.#handlers.get(message.type) ?? []) handle(message.data as never)
  }

  #hear(name: TopicName, message: SentMessage): void {
    const topic = this.#topics.get(name)
    if (!topic) return
    if (message.cursor !== undefined) topic.cursor = message.cursor
    if (message.type === 'unsubscribed') {
      this.#topics.delete(name)
      for (const guest of topic.guests) guest.leave()
    } else if (message.type === 'subscribed') {
      if (!message.data.resumed) for (const guest of topic.guests) guest.catchUp()
    } else for (const guest of topic.guests) guest.hear(message)
  }

  #begin({ resumed, spread_ms }: RealtimeMessages['ready']): void {
    // At the very first connection, if it came about at once, nothing was missed.
    const isLate = this.#cursor !== undefined || this.#failures > 0
    this.#isReady = true
    this.#failures = 0
    this.#spreadMs = spread_ms
    if (!resumed && isLate) this.#options.catchUp()
    for (const [name, topic] of this.#topics) this.#subscribe(name, topic)
  }

  /** Many hear of this at the same time, so each waits a little. */
  #miss(): void {
    this.#catchingUp.set(this.#random() * this.#spreadMs, () => this.#catchUpAll())
  }

  #catchUpAll(): void {
    this.#options.catchUp()
    for (const topic of this.#topics.values()) for (const guest of topic.guests) guest.catchUp()
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#closed || socket !== this.#socket) return
    this.#isUnknown = code === closeCodes.unauthenticated.code
    // Those who were connected come back spread over a time that grows with their number.
    const spread = this.#isReady ? this.#random() * this.#spreadMs : 0
    this.#socket = undefined
    this.#isReady = false
    this.#quiet.stop()
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures)
    this.#failures += 1
    const wait = longest * (0.5 + 0.5 * this.#random()) + spread
    this.#retrying.set(patient.has(code) ? LONGEST_WAIT_MS + wait : wait, this.#retry)
  }

  /** A connection whose other end is gone says nothing, not even that: so it is asked, and given up where it does not answer. */
  #watch(): void {
    this.#quiet.set(QUIET_MS, () => this.#ask())
  }

  #ask(): void {
    const socket = this.#socket
    this.send({ type: 'ping', data: {} })
    this.#quiet.set(ANSWER_MS, () => {
      if (!socket || socket !== this.#socket) return
      this.#lost(socket, 1006)
      socket.close()
    })
  }

  readonly #retry = async (): Promise<void> => {
    this.#retrying.stop()
    const isAsking = this.#isUnknown || this.#failures > 1
    const isThere = isAsking && (await this.#options.beforeRetry().then(yes, no))
    if (this.#closed || this.#socket) return
    if (isThere && this.#failures > BLOCKED && document.visibilityState === 'visible') this.#catchUpAll()
    this.#connect()
  }

  readonly #look = (): void => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return
    if (this.#retrying.isSet) void this.#retry()
    else if (this.#isReady) this.#ask()
  }

  #random(): number {
    return (this.#options.random ?? Math.random)()
  }
}

/** A message of a newer server, or noise, is passed over. */
function parse(text: unknown): SentMessage | undefined {
  try {
    const message = JSON.parse(String(text)) as SentMessage
    return typeof message?.type === 'string' ? message : undefined
  } catch {
    return undefined
  }
}
