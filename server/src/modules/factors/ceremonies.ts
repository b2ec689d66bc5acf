import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { TintypeError } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { noteChallenge } from './passkey-store.ts'

const LIFE_MS = 600_000
const EXPIRY = 6
const RANDOM = 18

/**
 * Challenges for browsers to sign. One says by itself until when it is good, and is signed for its purpose; so a visitor who looks at the
 * log-in page leaves no row. Using one up does: of two who bring the same, one is first.
 */
export class Ceremonies {
  readonly #clock: Clock
  readonly #key: Buffer

  constructor(clock: Clock, secret: string) {
    this.#clock = clock
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'tintype passkey challenge', 32))
  }

  begin(purpose: string): string {
    const said = Buffer.alloc(EXPIRY + RANDOM)
    said.writeUIntBE(this.#clock.now() + LIFE_MS, 0, EXPIRY)
    randomBytes(RANDOM).copy(said, EXPIRY)
    return Buffer.concat([said, this.#mac(said, purpose)]).toString('base64url')
  }

  isOurs(challenge: string, purpose: string): boolean {
    const bytes = Buffer.from(challenge, 'base64url')
    const [said, mac] = [bytes.subarray(0, EXPIRY + RANDOM), bytes.subarray(EXPIRY + RANDOM)]
    if (said.length < EXPIRY + RANDOM) return false
    const expected = this.#mac(said, purpose)
    return (
      mac.length === expected.length && timingSafeEqual(mac, expected) && expiryOf(said) > this.#clock.now()
    )
  }

  /** Throws `passkey_invalid` where it was used before. */
  async use(tx: Tx, challenge: string): Promise<void> {
    const expires_at = new Date(expiryOf(Buffer.from(challenge, 'base64url')))
    if (!(await noteChallenge(tx, { challenge, expires_at }))) throw new TintypeError('passkey_invalid')
  }

  #mac(said: Buffer, purpose: string): Buffer {
    return createHmac('sha256', this.#key).update(said).update(purpose).digest()
  }
}

const expiryOf = (said: Buffer): number => said.readUIntBE(0, EXPIRY)
