import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type StreamKey, TintypeError, type UserId } from '@tintype/contract'
import { isUuid } from '../../kit/cursor.ts'
import type { LiveDeps } from './deps.ts'
import { findKey, putKey } from './key-store.ts'

type KeysDeps = Pick<LiveDeps, 'db' | 'clock' | 'live'> & {
  /** Where programs send to; undefined where none may. */
  rtmpUrl(): string | undefined
  /** Cuts off what sends with a key that is good no more. */
  drop(member: UserId): void
}

/** `{member}-{secret}`, the member without dashes. */
const KEY = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([\w-]{32})$/

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
    return { key: null, created_at: row?.created_at.toISOString() ?? null, ...this.#address() }
  }

  async renew(userId: UserId): Promise<StreamKey> {
    const { db, clock, live } = this.#deps
    if (!live) throw new TintypeError('live_off')
    const secret = randomBytes(24).toString('base64url')
    const created_at = new Date(clock.now())
    await putKey(db.query, { user_id: userId, key_hash: hashOf(secret), created_at })
    this.#deps.drop(userId)
    return { key: `${plain(userId)}-${secret}`, created_at: created_at.toISOString(), ...this.#address() }
  }

  /** Whose key it is. */
  async ownerOf(key: string): Promise<UserId | undefined> {
    const [, a, b, c, d, e, secret = ''] = KEY.exec(key) ?? []
    const member = [a, b, c, d, e].join('-')
    const row = isUuid(member) ? await findKey(this.#deps.db.query, member as UserId) : undefined
    return row && timingSafeEqual(row.key_hash, hashOf(secret)) ? row.user_id : undefined
  }

  #address = () => ({ rtmp_url: this.#deps.rtmpUrl() ?? null })
}
