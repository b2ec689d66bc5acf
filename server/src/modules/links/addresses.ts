import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { LinkId } from '@tintype/contract'

const SHAPE = /^[\w-]{22}\.[\w-]{22}$/

/**
 * Addresses of private links: `/l/{id}.{mac}`, the mac over the id with 132 bits. So the database does not hold what opens a
 * post, and what nobody was given is told from a link before anything is read.
 */
export class Addresses {
  readonly #key: KeyObject

  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tintype private links', 32)))
  }

  pathOf(id: LinkId): string {
    return `/l/${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}.${this.#mac(id)}`
  }

  /** Undefined where this server did not make it. */
  read(token: string): LinkId | undefined {
    if (!SHAPE.test(token)) return undefined
    const [body = '', mac = ''] = token.split('.')
    const hex = Buffer.from(body, 'base64url').toString('hex')
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as LinkId
    return timingSafeEqual(Buffer.from(mac), Buffer.from(this.#mac(id))) ? id : undefined
  }

  #mac(id: LinkId): string {
    return createHmac('sha256', this.#key).update(id).digest('base64url').slice(0, 22)
  }
}
