import { Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'
import { isPublicHost, lookupPublic } from '../../../kit/public-address.ts'
import type { PushNote, PushOutcome, PushTarget, PushTerms } from '../port.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Sending } from '../sending.ts'
import { areKeys, encryptFor, MAX_PLAIN } from './encrypt.ts'
import type { Vapid } from './vapid.ts'

export interface WebPushOptions {
  vapid: Vapid
  now(): number
  /** Also to hosts of the community's own network, without encryption of the way: for a push service beside the server, and for tests. */
  allowPrivate: boolean
  patienceMs: number
}

type WebTarget = Extract<PushTarget, { kind: 'web' }>

/** To browsers, through the push service of whoever made them: encrypted, signed, and asking nobody for leave. */
export class WebPush implements Sending<WebTarget> {
  readonly #options: WebPushOptions
  readonly #https = new HttpsAgent({ keepAlive: true, maxSockets: 64, timeout: 60_000 })
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 64, timeout: 60_000 })

  constructor(options: WebPushOptions) {
    this.#options = options
  }

  accepts(target: WebTarget): boolean {
    if (!URL.canParse(target.endpoint) || target.endpoint.length > 2000) return false
    const { protocol, hostname, username, password } = new URL(target.endpoint)
    if (username || password || !areKeys(target)) return false
    if (this.#options.allowPrivate) return protocol === 'https:' || protocol === 'http:'
    return protocol === 'https:' && isPublicHost(hostname)
  }

  hostOf({ endpoint }: WebTarget): string {
    return new URL(endpoint).host
  }

  async send(target: WebTarget, note: PushNote, { urgency, ttl }: PushTerms): Promise<PushOutcome> {
    const plain = Buffer.from(JSON.stringify(note))
    if (plain.length > MAX_PLAIN) return { status: 'refused', reason: `${plain.length} bytes are too many` }
    if (!this.accepts(target)) return { status: 'gone' }
    const body = encryptFor(target, plain)
    const { origin } = new URL(target.endpoint)
    const headers = {
      authorization: await this.#options.vapid.authorization(origin),
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      'content-length': body.length,
      ttl: Math.round(ttl),
      urgency,
      topic: note.tag,
    }
    try {
      return this.#outcomeOf(await this.#post(target.endpoint, headers, body))
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      // A name that leads into our own network was put there to look around in it.
      return code === 'EPRIVATE' ? { status: 'gone' } : { status: 'later', reason: code ?? message }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#https.destroy()
    this.#http.destroy()
  }

  #outcomeOf({ statusCode = 0, headers }: IncomingMessage): PushOutcome {
    if (statusCode >= 200 && statusCode < 300) return { status: 'taken' }
    if (statusCode === 404 || statusCode === 410) return { status: 'gone' }
    const reason = `answered ${statusCode}`
    if (statusCode !== 429 && statusCode < 500) return { status: 'refused', reason }
    const afterMs = retryAfterMs(headers['retry-after'], this.#options.now())
    return { status: 'later', reason, ...(afterMs === undefined ? {} : { afterMs }) }
  }

  /** Follows no redirect: where it leads, nobody has looked. */
  #post(endpoint: string, headers: Record<string, string | number>, body: Buffer): Promise<IncomingMessage> {
    const { allowPrivate, patienceMs } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const secure = endpoint.startsWith('https:')
    const options = {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(patienceMs),
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    }
    const sent = secure
      ? overHttps(endpoint, { ...options, agent: this.#https })
      : overHttp(endpoint, { ...options, agent: this.#http })
    sent.on('error', reject)
    sent.on('response', (response) => {
      // What it says beside its status is of no use to us; the connection is, once all of it was read.
      response.resume()
      response.on('error', reject)
      resolve(response)
    })
    sent.end(body)
    return promise
  }
}
