import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { LiveId, UserId } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'

/** Seconds that a player's address is good for. */
const PLAY_TTL = 600
/** The same of the one that a source sends to: from when it was asked for until it is used. */
const INTAKE_TTL = 60
const VISITOR = '-'
/** 132 bits. */
const MAC_LENGTH = 22

/** Who plays; each address that is given out is one player. */
export interface Player {
  viewer_id: UserId | null
  nonce: string
}

/**
 * Addresses that say for whom they were made. A player's: `{viewer}.{nonce}.{expiry}.{mac}`; whether that viewer may watch is asked again
 * at each use, so that it is good for nothing in the moment in which they may not.
 */
export class LiveLinks {
  readonly #key: Buffer
  readonly #clock: Clock

  constructor({ secret, clock }: { secret: string; clock: Clock }) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'tintype live links', 32))
    this.#clock = clock
  }

  play(id: LiveId, viewerId: UserId | null): string {
    const said = `${viewerId ?? VISITOR}.${nonce()}.${this.#expiry(PLAY_TTL)}`
    return `/live/${id}/hls/${said}.${this.#mac('play', id, said)}/index.m3u8`
  }

  player(id: LiveId, token: string): Player | undefined {
    const said = this.#read('play', id, token)
    return said && { viewer_id: said.who === VISITOR ? null : (said.who as UserId), nonce: said.nonce }
  }

  intake(id: LiveId, hostId: UserId): string {
    const said = `${hostId}.${nonce()}.${this.#expiry(INTAKE_TTL)}`
    return `/live/${id}/intake?k=${said}.${this.#mac('intake', id, said)}`
  }

  /** Whose source it is, and what tells this address from others. */
  source(id: LiveId, token: string): { host_id: UserId; nonce: string } | undefined {
    const said = this.#read('intake', id, token)
    return said && { host_id: said.who as UserId, nonce: said.nonce }
  }

  #read(purpose: string, id: LiveId, token: string): { who: string; nonce: string } | undefined {
    const [who, once, expires, mac, ...more] = token.split('.')
    if (!who || !once || !expires || !mac || more.length > 0) return undefined
    if (!(Number(expires) * 1000 > this.#clock.now())) return undefined
    if (!isEqual(mac, this.#mac(purpose, id, `${who}.${once}.${expires}`))) return undefined
    return { who, nonce: once }
  }

  #expiry = (ttl: number): number => Math.ceil(this.#clock.now() / 1000) + ttl

  #mac(purpose: string, id: LiveId, said: string): string {
    const text = `${purpose}|${id}|${said}`
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, MAC_LENGTH)
  }
}

const nonce = (): string => randomBytes(9).toString('base64url')

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
