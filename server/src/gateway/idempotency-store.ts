import { TintypeError, type UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../engines/db/port.ts'
import type { Clock } from '../kit/clock.ts'
import { newId } from '../kit/ids.ts'
import type { Schedule } from '../modules/module.ts'

export interface KeyedRequest {
  user_id: UserId
  /** What the client sent as `Idempotency-Key`. */
  key: string
  /** SHA-256 over operation, parameters and body. */
  request_hash: Buffer
}

/** A request whose lease one holds, unless it ran out and another attempt has taken over. */
export type HeldRequest = KeyedRequest & { lease_id: string }

export type Claim =
  | { outcome: 'run'; reserved_id: string; lease_id: string }
  | { outcome: 'replay'; status: number; body: string }

/**
 * Results by member and Idempotency-Key, kept for 24 hours. A key is first claimed under a lease, which its holder renews
 * while it works; a lease that ran out means that the process died, and the next attempt takes over with the same reserved id.
 */
export interface IdempotencyStore {
  /** Throws `conflict` while another attempt runs, `idempotency_mismatch` when the key stood for another request. */
  claim(request: KeyedRequest): Promise<Claim>
  /** These change nothing once the lease is another's. */
  renew(request: HeldRequest): Promise<void>
  finish(request: HeldRequest, reply: { status: number; body: string }): Promise<void>
  /** Forgets a claim whose attempt failed, so that it can be made again. */
  release(request: HeldRequest): Promise<void>
}

export const LEASE_MS = 20_000
const KEPT_MS = 86_400_000

interface IdempotencyRow {
  user_id: UserId
  key: string
  request_hash: Buffer
  reserved_id: string
  lease_id: string | null
  locked_until: Date
  expires_at: Date
  status: number | null
  body: string | null
}

export function idempotencyStore(db: Db, clock: Clock): IdempotencyStore {
  const query = db.query.withTables<{ idempotency_keys: IdempotencyRow }>()
  const row = ({ user_id, key, lease_id }: HeldRequest) =>
    query
      .updateTable('idempotency_keys')
      .where('user_id', '=', user_id)
      .where('key', '=', key)
      .where('lease_id', '=', lease_id)
      .where('status', 'is', null)
  return {
    async claim(request) {
      const now = clock.now()
      const lease_id = newId<string>(clock)
      const taken = await sql<{ reserved_id: string }>`
        insert into idempotency_keys (user_id, key, request_hash, reserved_id, lease_id, locked_until, expires_at)
        values (${request.user_id}, ${request.key}, ${request.request_hash}, ${newId(clock)}, ${lease_id},
                ${new Date(now + LEASE_MS)}, ${new Date(now + KEPT_MS)})
        on conflict (user_id, key) do update set
          request_hash = excluded.request_hash,
          reserved_id = case when idempotency_keys.expires_at <= ${new Date(now)}
                             then excluded.reserved_id else idempotency_keys.reserved_id end,
          lease_id = excluded.lease_id, locked_until = excluded.locked_until, expires_at = excluded.expires_at, status = null, body = null
        where idempotency_keys.expires_at <= ${new Date(now)}
           or (idempotency_keys.status is null and idempotency_keys.locked_until <= ${new Date(now)}
               and idempotency_keys.request_hash = excluded.request_hash)
        returning reserved_id`.execute(db.query)
      const mine = taken.rows[0]
      return mine ? { outcome: 'run', reserved_id: mine.reserved_id, lease_id } : replayOf(request)
    },
    async renew(request) {
      await row(request)
        .set({ locked_until: new Date(clock.now() + LEASE_MS) })
        .execute()
    },
    async finish(request, { status, body }) {
      await row(request).set({ status, body }).execute()
    },
    async release({ user_id, key, lease_id }) {
      await query
        .deleteFrom('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .where('lease_id', '=', lease_id)
        .where('status', 'is', null)
        .execute()
    },
  }

  async function replayOf(request: KeyedRequest): Promise<Claim> {
    const found = await query
      .selectFrom('idempotency_keys')
      .select(['request_hash', 'status', 'body', 'locked_until'])
      .where('user_id', '=', request.user_id)
      .where('key', '=', request.key)
      .executeTakeFirst()
    if (found && !Buffer.from(found.request_hash).equals(request.request_hash))
      throw new TintypeError('idempotency_mismatch')
    if (found?.status && found.body !== null)
      return { outcome: 'replay', status: found.status, body: found.body }
    const retry_after = found ? Math.max(1, (found.locked_until.getTime() - clock.now()) / 1000) : 1
    throw new TintypeError('conflict', { details: { retry_after: Math.ceil(retry_after) } })
  }
}

/** Clears out what is past its 24 hours. */
export const idempotencyPurge = (db: Db, clock: Clock): Schedule => ({
  name: 'idempotency-purge',
  everySeconds: 3600,
  async run() {
    await db.query
      .withTables<{ idempotency_keys: IdempotencyRow }>()
      .deleteFrom('idempotency_keys')
      .where('expires_at', '<=', new Date(clock.now()))
      .execute()
  },
})
