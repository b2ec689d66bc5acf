import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import type { Person } from './person.ts'

/** What a push service does with what is sent to a subscription. */
export type HostMood = 'takes' | 'gone' | 'unknown' | 'fails' | 'silent' | 'refuses' | { wait: string }

export interface Received<Note = Record<string, unknown>> {
  note: Note
  ttl: number
  urgency: string
  topic: string
}

/** A browser that subscribed: its keys, and what it got, decrypted as it would (RFC 8291, read from the side that receives). */
export class Browser {
  readonly endpoint: string
  readonly #pair = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly received: Received[] = []
  mood: HostMood = 'takes'
  /** How often the service was asked, whatever it answered. */
  asked = 0

  constructor(endpoint: string) {
    this.endpoint = endpoint
    this.#pair.generateKeys()
  }

  get keys(): { p256dh: string; auth: string } {
    return { p256dh: this.#pair.getPublicKey('base64url'), auth: this.#auth.toString('base64url') }
  }

  /** What is shown once all of it was handled in order: the last note of each tag that was not closed. */
  get shown(): Record<string, unknown>[] {
    const byTag = new Map<unknown, Record<string, unknown>>()
    for (const { note } of this.received) {
      if (note.action === 'close') byTag.delete(note.tag)
      else byTag.set(note.tag, note)
    }
    return [...byTag.values()]
  }

  decrypt(body: Buffer): Record<string, unknown> {
    const size = body.readUInt32BE(16)
    const theirs = body.subarray(21, 21 + body.readUInt8(20))
    const record = body.subarray(21 + theirs.length)
    if (body.length > 4096 || record.length > size) throw new Error('more than one record')
    const bytes = (secret: Buffer, salt: Buffer, info: Buffer | string, length: number) =>
      Buffer.from(hkdfSync('sha256', secret, salt, info, length))
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), theirs])
    const secret = bytes(this.#pair.computeSecret(theirs), this.#auth, info, 32)
    const salt = body.subarray(0, 16)
    const key = bytes(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
    const nonce = bytes(secret, salt, 'Content-Encoding: nonce\0', 12)
    const decipher = createDecipheriv('aes-128-gcm', key, nonce)
    decipher.setAuthTag(record.subarray(-16))
    const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
    const end = plain.findLastIndex((byte) => byte !== 0)
    if (plain[end] !== 2) throw new Error('not the last record')
    return JSON.parse(plain.subarray(0, end).toString())
  }
}

export const subscribe = (person: Person, { endpoint, keys }: Browser): Promise<unknown> =>
  person.api.push.subscribe({ body: { endpoint, keys } })

/** A push service on this machine, as browsers' makers run them: it checks who sends, and knows its subscriptions. */
export class PushHost implements AsyncDisposable {
  readonly #server: Server
  readonly #browsers = new Map<string, Browser>()
  readonly #publicKey: () => string | undefined
  /** How many are being answered right now, and were at most. */
  busy = 0
  busiest = 0

  private constructor(server: Server, publicKey: () => string | undefined) {
    this.#server = server
    this.#publicKey = publicKey
  }

  /** `publicKey`: the one that browsers subscribed with; a token of another key is refused. */
  static async start(publicKey: () => string | undefined): Promise<PushHost> {
    const server = createServer()
    const host = new PushHost(server, publicKey)
    server.on('request', (request, response) => void host.#answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return host
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  browser(): Browser {
    const path = `/push/${randomBytes(12).toString('hex')}`
    const browser = new Browser(this.origin + path)
    this.#browsers.set(path, browser)
    return browser
  }

  /** A browser to which this member's notices are pushed. */
  async browserOf(person: Person): Promise<Browser> {
    const browser = this.browser()
    await subscribe(person, browser)
    return browser
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const browser = this.#browsers.get(request.url ?? '')
    if (!browser) return void response.writeHead(404).end()
    browser.asked++
    this.busiest = Math.max(this.busiest, ++this.busy)
    response.on('close', () => this.busy--)
    try {
      await this.#checkSender(request)
    } catch (error) {
      return void response.writeHead(403).end(String(error))
    }
    const { mood } = browser
    if (mood === 'silent') return
    if (typeof mood === 'object') return void response.writeHead(429, { 'retry-after': mood.wait }).end()
    const statuses = { takes: 201, gone: 410, unknown: 404, fails: 500, refuses: 400 } as const
    if (mood === 'takes') browser.received.push(receivedOf(browser, request, Buffer.concat(chunks)))
    response.writeHead(statuses[mood]).end()
  }

  /** RFC 8292: signed by the key that the subscription was made for, meant for this service, good for less than a day. */
  async #checkSender({ headers }: IncomingMessage): Promise<void> {
    const [, token = '', k = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
    if (k !== this.#publicKey()) throw new Error('another key')
    const point = Buffer.from(k, 'base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const { payload } = await jwtVerify(token, key, { audience: this.origin, currentDate: new Date(0) })
    if (!/^(mailto:|https:)/.test(payload.sub ?? '')) throw new Error('nobody to ask')
  }
}

function receivedOf(browser: Browser, { headers }: IncomingMessage, body: Buffer): Received {
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('another encoding')
  const topic = String(headers.topic ?? '')
  if (!/^[\w-]{1,32}$/.test(topic)) throw new Error(`no topic: ${topic}`)
  return { note: browser.decrypt(body), ttl: Number(headers.ttl), urgency: String(headers.urgency), topic }
}
