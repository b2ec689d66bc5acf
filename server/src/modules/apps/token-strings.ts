import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../../kit/vault.ts'

/** What is said in a token about itself: so that what scans for secrets finds it, and nobody takes one kind for another. */
const prefixes = {
  access: 'tta_',
  refresh: 'ttr_',
  personal: 'ttp_',
  client: 'ttc_',
  code: 'tto_',
} as const
type TokenKind = keyof typeof prefixes

const HOLDER = 16
const RANDOM = 24
const MAC = 8

/**
 * Tokens and codes: a prefix, then base64url of whose it is (a member, or an app), 24 random bytes, and a short mac, by which what was
 * not made here is refused without a question to the database.
 */
export class TokenStrings {
  readonly #key: KeyObject
  readonly #vault: Pick<Vault, 'hash'>

  constructor(secret: string, vault: Pick<Vault, 'hash'>) {
    this.#key = createSecretKey(createHmac('sha256', secret).update('tintype app token').digest())
    this.#vault = vault
  }

  make(kind: TokenKind, holder: string): string {
    const body = Buffer.concat([Buffer.from(holder.replaceAll('-', ''), 'hex'), randomBytes(RANDOM)])
    return prefixes[kind] + Buffer.concat([body, this.#mac(kind, body)]).toString('base64url')
  }

  /** Whose it is; undefined for what was not made here as one of these kinds. */
  read<K extends TokenKind>(token: string, ...kinds: K[]): { kind: K; holder: string } | undefined {
    const kind = kinds.find((one) => token.startsWith(prefixes[one]))
    if (kind === undefined) return undefined
    const bytes = Buffer.from(token.slice(prefixes[kind].length), 'base64url')
    if (bytes.length !== HOLDER + RANDOM + MAC) return undefined
    const body = bytes.subarray(0, HOLDER + RANDOM)
    if (!timingSafeEqual(this.#mac(kind, body), bytes.subarray(HOLDER + RANDOM))) return undefined
    const hex = body.toString('hex', 0, HOLDER)
    return { kind, holder: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
  }

  /** What is kept of a token, a code or a secret. */
  hash = (text: string): string => this.#vault.hash(text, 'app secret')

  #mac = (kind: TokenKind, body: Uint8Array): Buffer =>
    createHmac('sha256', this.#key).update(prefixes[kind]).update(body).digest().subarray(0, MAC)
}

/** What no session's token begins with. */
export const isAppToken = (token: string): boolean => token.startsWith('tt') && token[3] === '_'
