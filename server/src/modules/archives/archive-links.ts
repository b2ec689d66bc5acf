import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { ExportId, UserId } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'

/** Seconds: a slow line's evening. */
const LINK_TTL = 6 * 3600

export interface ArchiveQuery {
  k?: unknown
  e?: unknown
}

/** Links that carry the right to download an archive: `/media/archives/{user_id}/{export_id}?k=<mac>&e=<expiry>`. */
export class ArchiveLinks {
  readonly #key: Buffer
  readonly #clock: Clock

  constructor({ secret, clock }: { secret: string; clock: Clock }) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'tintype archive links', 32))
    this.#clock = clock
  }

  link(userId: UserId, id: ExportId): { url: string; expires_at: string } {
    const expires = Math.ceil(this.#clock.now() / 1000) + LINK_TTL
    const query = `?k=${this.#mac(userId, id, expires)}&e=${expires}`
    return {
      url: `/media/archives/${userId}/${id}${query}`,
      expires_at: new Date(expires * 1000).toISOString(),
    }
  }

  permits(userId: UserId, id: ExportId, { k, e }: ArchiveQuery): boolean {
    if (typeof k !== 'string' || typeof e !== 'string' || !/^\d{10}$/.test(e)) return false
    if (Number(e) * 1000 <= this.#clock.now()) return false
    const [given, expected] = [Buffer.from(k), Buffer.from(this.#mac(userId, id, Number(e)))]
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #mac(userId: UserId, id: ExportId, expires: number): string {
    return createHmac('sha256', this.#key).update(`${userId}|${id}|${expires}`).digest('base64url')
  }
}
