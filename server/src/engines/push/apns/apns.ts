import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2'
import { SignJWT } from 'jose'
import type { PushNote, PushOutcome, PushTarget, PushTerms } from '../port.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Sending } from '../sending.ts'

export interface ApnsOptions {
  /** `https://api.push.apple.com`, or that of the sandbox. */
  url: string
  /** The text of the `.p8` file, its key id, and the team it belongs to. */
  key: string
  keyId: string
  teamId: string
  /** The app's bundle id. */
  topic: string
  now(): number
  patienceMs: number
}

type AppleTarget = Extract<PushTarget, { kind: 'apns' }>

/** Apple takes a token for an hour, and refuses a new one more often than every twenty minutes. */
const TOKEN_MS = 45 * 60_000
const RENEWED_MS = 20 * 60_000
const IDLE_MS = 10 * 60_000

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  reason: string
}

/** To apps on Apple's devices, over one connection that is kept. */
export class Apns implements Sending<AppleTarget> {
  readonly #options: ApnsOptions
  readonly #key: KeyObject
  #session: ClientHttp2Session | undefined
  #token: { text: string; made: number } | undefined

  constructor(options: ApnsOptions) {
    this.#options = options
    this.#key = createPrivateKey(options.key)
  }

  accepts({ token }: AppleTarget): boolean {
    return /^[0-9a-f]{64,200}$/i.test(token)
  }

  hostOf(): string {
    return new URL(this.#options.url).host
  }

  async send({ token }: AppleTarget, note: PushNote, terms: PushTerms): Promise<PushOutcome> {
    try {
      const reply = await this.#post(token, note, terms)
      return this.#outcomeOf(reply)
    } catch (error) {
      this.#drop()
      return { status: 'later', reason: (error as NodeJS.ErrnoException).code ?? (error as Error).message }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session?.destroy()
  }

  #outcomeOf({ status, headers, reason }: Reply): PushOutcome {
    if (status === 200) return { status: 'taken' }
    if (status === 410 || ['BadDeviceToken', 'DeviceTokenNotForTopic', 'Unregistered'].includes(reason))
      return { status: 'gone' }
    if (status === 429 || status >= 500) {
      const afterMs = retryAfterMs(headers['retry-after'], this.#options.now())
      return { status: 'later', reason: reason || `answered ${status}`, ...(afterMs ? { afterMs } : {}) }
    }
    if (reason === 'ExpiredProviderToken') {
      if (this.#token && this.#token.made < this.#options.now() - RENEWED_MS) this.#token = undefined
      return { status: 'later', reason }
    }
    return { status: 'refused', reason: reason || `answered ${status}` }
  }

  async #post(token: string, note: PushNote, { urgency, ttl }: PushTerms): Promise<Reply> {
    const { topic, now, patienceMs } = this.#options
    const shows = note.action === 'show'
    const stream = this.#connection().request({
      ':method': 'POST',
      ':path': `/3/device/${token}`,
      authorization: `bearer ${await this.#bearer()}`,
      'apns-topic': topic,
      'apns-push-type': shows ? 'alert' : 'background',
      'apns-priority': shows && urgency === 'high' ? '10' : '5',
      'apns-expiration': String(Math.floor(now() / 1000 + ttl)),
      'apns-collapse-id': note.tag,
    })
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    stream.setTimeout(patienceMs, () => stream.close(constants.NGHTTP2_CANCEL))
    stream.on('error', reject)
    let headers: IncomingHttpHeaders = {}
    const chunks: Buffer[] = []
    stream.on('response', (found) => {
      headers = found
    })
    stream.on('data', (chunk: Buffer) => chunks.length < 8 && chunks.push(chunk))
    stream.on('end', () => {
      const status = Number(headers[':status'] ?? 0)
      if (status > 0) resolve({ status, headers, reason: reasonIn(Buffer.concat(chunks)) })
    })
    stream.on('close', () => reject(new Error('closed without an answer')))
    stream.end(JSON.stringify(bodyOf(note)))
    return promise
  }

  #connection(): ClientHttp2Session {
    const open = this.#session
    if (open && !open.closed && !open.destroyed) return open
    const session = connect(this.#options.url)
    // What waited on it has failed with it, and says so itself.
    session.on('error', () => {})
    session.on('goaway', () => this.#drop())
    session.setTimeout(IDLE_MS, () => session.close())
    session.unref()
    this.#session = session
    return session
  }

  #drop(): void {
    this.#session?.close()
    this.#session = undefined
  }

  async #bearer(): Promise<string> {
    const { keyId, teamId, now } = this.#options
    if (this.#token && this.#token.made > now() - TOKEN_MS) return this.#token.text
    const made = now()
    const text = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: keyId })
      .setIssuer(teamId)
      .setIssuedAt(Math.floor(made / 1000))
      .sign(this.#key)
    this.#token = { text, made }
    return text
  }
}

/** `tintype` is for the app: what to open, and what to take away. */
function bodyOf({ action, tag, title, body, url, badge, quiet }: PushNote) {
  const tintype = { action, tag, url }
  if (action === 'close') return { aps: { 'content-available': 1, badge }, tintype }
  return {
    aps: { alert: { title, body }, badge, 'thread-id': tag, ...(quiet ? {} : { sound: 'default' }) },
    tintype,
  }
}

function reasonIn(body: Buffer): string {
  try {
    return String((JSON.parse(body.toString()) as { reason?: unknown }).reason ?? '')
  } catch {
    return ''
  }
}
