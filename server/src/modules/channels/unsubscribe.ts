import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { TintypeError, type UserId } from '@tintype/contract'
import type { Preferences } from './preferences.ts'

/** Mails that somebody can end by a link in them. */
type MailKind = 'digest'

/** Links that end mails of one kind, without logging in. They last as long as the mail does; using one twice changes nothing. */
export class Unsubscribing {
  readonly #key: KeyObject
  readonly #preferences: Pick<Preferences, 'change'>

  constructor(secret: string, preferences: Pick<Preferences, 'change'>) {
    this.#key = createSecretKey(createHmac('sha256', secret).update('tintype unsubscribe link').digest())
    this.#preferences = preferences
  }

  tokenOf(userId: UserId, kind: MailKind): string {
    const named = `${userId}.${kind}`
    return `${Buffer.from(named).toString('base64url')}.${this.#mac(named)}`
  }

  /** Throws `link_invalid`. */
  async end(token: string): Promise<void> {
    const [body = '', signature = ''] = token.split('.')
    const named = Buffer.from(body, 'base64url').toString()
    const [expected, given] = [Buffer.from(this.#mac(named)), Buffer.from(signature)]
    if (expected.length !== given.length || !timingSafeEqual(expected, given))
      throw new TintypeError('link_invalid')
    const [userId = ''] = named.split('.')
    await this.#preferences.change(userId as UserId, { digest: false })
  }

  #mac(named: string): string {
    return createHmac('sha256', this.#key).update(named).digest('base64url')
  }
}
