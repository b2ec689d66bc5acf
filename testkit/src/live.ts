import type { RealtimeType, SentFrame, SentMessage, TopicName } from '@tintype/contract'
import type { Person } from './person.ts'

/** How a socket was closed. */
export interface Closed {
  code: number
  reason: string
}

/** Milliseconds until a message that does not come is a failure. */
const PATIENCE = 10_000

/** A member's open app, as a test sees it: all that it is told, in order. */
export class Live {
  readonly messages: SentMessage[] = []
  readonly closed: Promise<Closed>
  readonly socket: WebSocket
  readonly #waiting = new Set<() => void>()

  constructor(address: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(address, { headers } as never)
    this.socket.addEventListener('message', (event) => {
      this.messages.push(JSON.parse(String(event.data)))
      for (const look of this.#waiting) look()
    })
    const { promise, resolve } = Promise.withResolvers<Closed>()
    this.closed = promise
    this.socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }))
  }

  /** Resolves when the server takes it. */
  static async of(person: Person, resume?: string): Promise<Live> {
    const url = new URL('/api/v1/realtime', person.baseUrl.replace('http', 'ws'))
    url.searchParams.set('access_token', person.session.access_token ?? '')
    if (resume !== undefined) url.searchParams.set('resume', resume)
    const live = new Live(url.href)
    await live.next('ready')
    return live
  }

  /** Whether a socket with this token gets into the topic. Why not is the same for all who have a good one. */
  static async canJoin(baseUrl: string, token: string, topic: TopicName): Promise<boolean> {
    const live = new Live(`${baseUrl.replace('http', 'ws')}/api/v1/realtime?access_token=${token}`)
    const first = await Promise.race([live.closed, live.next('ready')])
    if ('code' in first && first.code === 4401) return false
    const answer = await live.subscribe(topic)
    await live.close()
    if (answer !== 'subscribed' && answer !== 'not_found') throw new Error(`${topic} answered ${answer}`)
    return answer === 'subscribed'
  }

  /** The first message of this type after the first `from` messages. */
  async next<T extends RealtimeType>(type: T, from = 0): Promise<Extract<SentMessage, { type: T }>> {
    const message = await this.until((one) => one.type === type, { from, what: type })
    return message as Extract<SentMessage, { type: T }>
  }

  async until(
    isIt: (message: SentMessage) => boolean,
    { from = 0, what = 'such message' } = {},
  ): Promise<SentMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<SentMessage>()
    const look = () => {
      const message = this.messages.slice(from).find(isIt)
      if (message) resolve(message)
    }
    const timer = setTimeout(
      () => reject(new Error(`no ${what} came: ${JSON.stringify(this.messages)}`)),
      PATIENCE,
    )
    this.closed.then(() => reject(new Error(`closed before ${what} came`)))
    this.#waiting.add(look)
    look()
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(look)
    }
  }

  send(frame: SentFrame): void {
    this.socket.send(JSON.stringify(frame))
  }

  /** Answers `subscribed`, or why not. */
  async subscribe(topic: TopicName, resume?: string): Promise<string> {
    const from = this.messages.length
    this.send({ type: 'subscribe', data: resume === undefined ? { topic } : { topic, resume } })
    const isAnswer = (one: SentMessage) =>
      one.topic === topic && (one.type === 'subscribed' || one.type === 'unsubscribed')
    const answer = await this.until(isAnswer, { from, what: `answer for ${topic}` })
    return answer.type === 'unsubscribed' ? answer.data.code : answer.type
  }

  /** Resolves when the server has done what was sent before, and what it said before has arrived. */
  async heard(): Promise<void> {
    const from = this.messages.length
    this.send({ type: 'ping', data: {} })
    await this.next('pong', from)
  }

  async close(): Promise<void> {
    this.socket.close()
    await this.closed
  }
}
