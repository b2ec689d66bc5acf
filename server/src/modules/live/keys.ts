import { createHash, randomBytes } from 'node:crypto'
import { type StreamKey, TintypeError, type UserId } from '@tintype/contract'
import type { LiveDeps } from './deps.ts'
import { findKey, putKey } from './key-store.ts'

type KeysDeps = Pick<LiveDeps, 'db' | 'clock' | 'live'>

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const plain = (id: UserId): string => id.replaceAll('-', '')

/** What programs such as OBS send with: `{member}-{secret}`, of which only a hash is kept. */
export class Keys {
  readonly #deps: KeysDeps

  constructor(deps: KeysDeps) {
    this.#deps = deps
  }

  async find(userId: UserId): Promise<StreamKey> {
    const row = await findKey(this.#deps.db.query, userId)
    return { key: null, created_at: row?.created_at.toISOString() ?? null, ...this.#addresses() }
  }

  async renew(userId: UserId): Promise<StreamKey> {
    const { db, clock, live } = this.#deps
    if (!live) throw new TintypeError('live_off')
    const secret = randomBytes(24).toString('base64url')
    const created_at = new Date(clock.now())
    await putKey(db.query, { user_id: userId, key_hash: hashOf(secret), created_at })
    return { key: `${plain(userId)}-${secret}`, created_at: created_at.toISOString(), ...this.#addresses() }
  }

  #addresses() {
    return { rtmp_url: null, whip_url: null }
  }
}
