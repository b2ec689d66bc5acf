import { TintypeError } from '@tintype/contract'
import { Kysely } from 'kysely'
import postgres, { type Sql as Handle } from 'postgres'
import { retry } from '../../kit/retry.ts'
import type { Db, Tx } from './port.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { isRetryable } from './postgres-errors.ts'
import { ConnectionPool } from './postgres-pool.ts'
import { postgresTypes } from './postgres-types.ts'
import { connectionOptions } from './url.ts'

/**
 * Connections that single `select`s share, and how many go over one of them before the next is used: what is asked in the same moment is one
 * write to a process that is awake. A statement among sixteen cost 13 µs of CPU here and 7 in PostgreSQL, one that travels alone 44 and 27; a feed page
 * that reads everything 1.4 ms, and 1.7 where each statement went to whichever of the four had least to do. Writes have others, as each waits for the disk.
 */
const READERS = 4
const TOGETHER = 16
/** The readers, one that listens, and one for the engines that live in PostgreSQL too. */
export const BESIDE_POOL = READERS + 2

export interface PostgresOptions {
  /** `postgres://…`, with `?host=/directory` for a Unix socket. */
  url: string
  /** Connections, beside `BESIDE_POOL`. */
  pool: number
  statementTimeoutMs?: number
  idleInTransactionTimeoutMs?: number
}

/** What the engines that live in PostgreSQL too (broadcast, event log, timelines) may use beyond the port. */
export interface PostgresDb extends Db {
  /** One connection; in a transaction nothing but that may be used. */
  readonly handle: Handle
  /** Through one connection of its own, made again when lost; `onGap` runs after each loss, when messages may have been missed. */
  listen(channel: string, handler: (payload: string) => void, onGap?: () => void): Promise<AsyncDisposable>
}

/**
 * The Db port on PostgreSQL. Connects when first used. Rows carry: uuid as string, timestamptz as Date (milliseconds), bigint as
 * number (as bigint above 2^53), numeric and date as string, jsonb parsed, arrays of these. To write jsonb pass the value itself, not its JSON text.
 * For lists use `= any(${ids})`, which is one prepared statement however many ids there are.
 */
export function openPostgres(options: PostgresOptions): PostgresDb {
  const connect = () =>
    postgres({
      ...connectionOptions(options.url),
      max: 1,
      connect_timeout: 5,
      backoff: ((failures: number) => Math.min(1, 0.02 * 2 ** failures)) as never,
      types: postgresTypes(),
      fetch_types: false,
      onnotice: () => {},
      connection: {
        application_name: 'tintype',
        TimeZone: 'UTC',
        // Every statement has its index, and a prepared plan outlives the moment it was made in: those made while `counter_changes` was
        // empty had every like scan it from then on, a third of its cost.
        enable_seqscan: 'off',
        statement_timeout: options.statementTimeoutMs ?? 15_000,
        idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 15_000,
      },
    }) as unknown as Handle
  const handle = connect()
  const pool = new ConnectionPool(options.pool, connect)
  const readers = new ConnectionPool(READERS, connect, { together: TOGETHER })
  // biome-ignore lint/complexity/noBannedTypes: see Sql
  const query = new Kysely<{}>({ dialect: postgresDialect({ pool, readers }) })
  return {
    query,
    replica: query,
    handle,
    tx: (work, { serializable = false } = {}) =>
      retry(() => transact(query, work, serializable), {
        attempts: 5,
        baseMs: 10,
        maxMs: 200,
        retryable: isRetryable,
      }),
    ping: () => ping(handle),
    listen: (channel, handler, onGap) => listen(handle, channel, handler, onGap),
    async [Symbol.asyncDispose]() {
      await Promise.all([handle, pool, readers].map((each) => each.end({ timeout: 5 })))
    },
  }
}

// biome-ignore lint/complexity/noBannedTypes: see Sql
function transact<T>(query: Kysely<{}>, work: (tx: Tx) => Promise<T>, serializable: boolean): Promise<T> {
  const transaction = query.transaction()
  return (serializable ? transaction.setIsolationLevel('serializable') : transaction).execute(work)
}

async function ping(handle: Handle): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TintypeError('unavailable')), 1000)
  try {
    await Promise.race([handle`select 1`, late])
  } catch (cause) {
    throw cause instanceof TintypeError ? cause : new TintypeError('unavailable', { cause })
  } finally {
    clearTimeout(timer)
  }
}

async function listen(
  handle: Handle,
  channel: string,
  handler: (payload: string) => void,
  onGap: (() => void) | undefined,
): Promise<AsyncDisposable> {
  let first = true
  const { unlisten } = await handle.listen(channel, handler, () => {
    if (!first) onGap?.()
    first = false
  })
  return {
    async [Symbol.asyncDispose]() {
      await unlisten()
    },
  }
}
