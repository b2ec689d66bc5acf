import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type StreamKey, TintypeError, type UserId } from '@tintype/contract'
import type { LiveDeps } from './deps.ts'
import { findKey, putKey } from './key-store.ts'

type KeysDeps = Pick<LiveDeps, 'db' | 'clock' | 'live'>

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const SHAPE = /^([0-9a-f]{32})-([\w-]{32})$/
const plain = (id: UserId): string => id.replaceAll('-', '')
const dashed = (hex: string): UserId =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as UserId

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

  /** Whose it is; undefined where it is nobody's, or not any more. */
  async ownerOf(key: string): Promise<UserId | undefined> {
    const [, member, secret] = SHAPE.exec(key) ?? []
    if (!member || !secret) return undefined
    const user_id = dashed(member)
    const row = await findKey(this.#deps.db.query, user_id)
    return row && timingSafeEqual(row.key_hash, hashOf(secret)) ? user_id : undefined
  }

  #addresses() {
    return { rtmp_url: null, whip_url: null }
  }
}
