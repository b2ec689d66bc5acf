import { createHmac, timingSafeEqual } from 'node:crypto'
import { TintypeError } from '@tintype/contract'
import type { Clock } from '../../../kit/clock.ts'

/** What a link permits. Every field stands inside the signature. `expires` is in seconds since 1970. */
export type Permit =
  | {
      method: 'PUT'
      key: string
      expires: number
      size: number
      type: string
      sha256?: string
      part?: string
    }
  | { method: 'GET'; key: string; expires: number; filename?: string }

/** Signed same-origin links: `/objects/{key}?…&sig=`. */
export class LinkSigner {
  readonly #secret: string
  readonly #clock: Clock
  readonly #baseUrl: string

  constructor(options: { secret: string; clock: Clock; baseUrl: string }) {
    this.#secret = options.secret
    this.#clock = options.clock
    this.#baseUrl = options.baseUrl
  }

  expiry(expiresIn: number): number {
    return Math.ceil(this.#clock.now() / 1000) + expiresIn
  }

  url(permit: Permit): string {
    const { method: _, key, ...terms } = permit
    const query = new URLSearchParams(
      Object.entries(terms).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    )
    query.set('sig', this.#sign(permit))
    return `${this.#baseUrl}/objects/${key}?${query}`
  }

  /** The permit a request carries. Throws `signature_invalid` or `signature_expired`. */
  check(method: 'PUT' | 'GET', key: string, query: Record<string, unknown>): Permit {
    const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined)
    const expires = Number(text('expires'))
    const permit: Permit =
      method === 'PUT'
        ? {
            method,
            key,
            expires,
            size: Number(text('size')),
            type: text('type') ?? '',
            sha256: text('sha256'),
            part: text('part'),
          }
        : { method, key, expires, filename: text('filename') }
    const given = Buffer.from(text('sig') ?? '')
    const expected = Buffer.from(this.#sign(permit))
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new TintypeError('signature_invalid')
    if (expires * 1000 <= this.#clock.now()) throw new TintypeError('signature_expired')
    return permit
  }

  #sign(permit: Permit): string {
    const fields =
      permit.method === 'PUT'
        ? [
            permit.method,
            permit.key,
            permit.expires,
            permit.size,
            permit.type,
            permit.part ?? '',
            permit.sha256 ?? '',
          ]
        : [permit.method, permit.key, permit.expires, permit.filename ?? '']
    return createHmac('sha256', this.#secret).update(JSON.stringify(fields)).digest('base64url')
  }
}
