import { TintypeError } from '@tintype/contract'
import { Kysely, sql } from 'kysely'
import type { ClientConfig } from 'pg'
import { retry } from '../../../kit/retry.ts'
import { within } from '../../../kit/within.ts'
import type { PostgresDb, Sql, Tx } from '../port.ts'
import { withPause } from './connect-pause.ts'
import { Connection } from './connection.ts'
import { BESIDE_POOL } from './connections.ts'
import { type Pools, postgresDialect } from './dialect.ts'
import { isRetryable } from './errors.ts'
import { Listener } from './listener.ts'
import { ConnectionPool } from './pool.ts'
import { Replicas } from './replicas.ts'
import { Statements } from './statement.ts'
import { connectionOptions, isEncryptionOptional } from './url.ts'

/**
 * Connections that single `select`s share, and how many go over one of them before the next is used: what is asked in the same moment is one
 * write to a process that is awake. A statement among sixteen cost 13 µs of CPU here and 7 in PostgreSQL, one that travels alone 44 and 27; a feed page
 * that reads everything 1.4 ms, and 1.7 where each statement went to whichever of the four had least to do. Writes have others, as each waits for the disk.
 */
const TOGETHER = 16
/** Milliseconds that what is under way has when the engine is disposed of. */
const END_MS = 5000

export interface PostgresOptions {
  /** `postgres://…`, with `?host=/directory` for a Unix socket. */
  url: string
  /** Connections, beside `BESIDE_POOL`. */
  pool: number
  statementTimeoutMs?: number
  idleInTransactionTimeoutMs?: number
  /** Addresses of replicas, and the milliseconds behind the primary above which one is left out. */
  replicas?: { urls: readonly string[]; mostLag: number }
}

/**
 * The Db port on PostgreSQL. Connects when first used. Rows carry: uuid as string, timestamptz as Date (milliseconds), bigint as
 * number (as bigint above 2^53), numeric and date as string, jsonb parsed, arrays of these. To write jsonb pass the value itself, not its JSON text.
 * For lists use `= any(${ids})`, which is one prepared statement however many ids there are.
 */
export function openPostgres(options: PostgresOptions): PostgresDb {
  const connect = connector(options, {
    isAtWork: (pid) => isAtWork([own, readers], pid),
    onReadOnly: () => {
      for (const one of [own, pool, readers]) one.renew()
    },
  })
  const own = new ConnectionPool(1, connect)
  const pool = new ConnectionPool(options.pool, connect)
  const readers = new ConnectionPool(BESIDE_POOL.readers, connect, { together: TOGETHER })
  const listener = new Listener(() => connect({ name: 'tintype listener', settings: [] }))
  const query = kyselyOn({ pool, readers })
  const replicas = replicasOf(options, own)
  const late = replicas?.run.bind(replicas)
  return {
    query,
    replica: late ? kyselyOn({ pool, readers, late }) : query,
    isReplicated: replicas !== undefined,
    lately: (reader, work) => (replicas ? replicas.lately(reader, work) : work()),
    position: async () => (replicas ? await written(query) : undefined),
    raise: (position) => replicas?.raise(position),
    lags: () => replicas?.lags() ?? [],
    handle: kyselyOn({ pool: own, readers: own }),
    async tx(work, { serializable = false } = {}) {
      const { answer, afterwards } = await retry(() => transact(query, work, serializable), {
        attempts: 5,
        baseMs: 10,
        maxMs: 200,
        retryable: isRetryable,
      })
      for (const each of afterwards) await each()
      return answer
    },
    afterCommit(tx, work) {
      const waiting = afterwardsOf.get(tx)
      if (!waiting) throw new Error('this is no transaction')
      waiting.push(work)
    },
    ping: () => ping(own),
    listen: (channel, handler, onGap) => listener.listen({ channel, handler, onGap }),
    ownSession({ name, settings, onLost, statementTimeoutMs }) {
      const session = new ConnectionPool(1, async () => {
        const connection = await connect({ name, settings, statementTimeoutMs })
        void connection.closed.then(onLost)
        return connection
      })
      return {
        query: kyselyOn({ pool: session, readers: session }),
        [Symbol.asyncDispose]: () => session.end(1000),
      }
    },
    async [Symbol.asyncDispose]() {
      const all = [own, pool, readers, listener, ...(replicas ? [replicas] : [])]
      await Promise.all(all.map((each) => each.end(END_MS)))
    },
  }
}

type Pool = ConnectionPool<Connection>

const kyselyOn = (pools: Pools): Sql => new Kysely({ dialect: postgresDialect(pools) })

/** Of what is committed by now: only what was asked for later can lie behind it. */
async function written(query: Sql): Promise<string | undefined> {
  const { rows } = await sql<{
    position: string
  }>`select pg_current_wal_insert_lsn()::text as position`.execute(query)
  return rows[0]?.position
}

function replicasOf(options: PostgresOptions, primary: Pool): Replicas | undefined {
  const { urls, mostLag } = options.replicas ?? { urls: [], mostLag: 0 }
  if (urls.length === 0) return undefined
  const replicas = urls.map((url) => {
    const connect = connector(
      { ...options, url },
      { isAtWork: (pid) => isAtWork([looks], pid), onReadOnly: () => {} },
    )
    const looks: Pool = new ConnectionPool(1, connect)
    return { looks, reads: new ConnectionPool(BESIDE_POOL.readers, connect, { together: TOGETHER }) }
  })
  return new Replicas({ replicas, primary, mostLag })
}

interface SessionOptions {
  name: string
  settings: string[]
  statementTimeoutMs?: number | undefined
}

function connector(
  { url, statementTimeoutMs: usual = 15_000, idleInTransactionTimeoutMs = 15_000 }: PostgresOptions,
  care: { isAtWork(pid: number): Promise<boolean>; onReadOnly(): void },
): (session?: SessionOptions) => Promise<Connection> {
  const statements = new Statements()
  return withPause(({ name, settings, statementTimeoutMs = usual } = { name: 'tintype', settings: [] }) => {
    const client: ClientConfig = {
      ...connectionOptions(url),
      application_name: name,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
      // Every statement has its index, and a prepared plan outlives the moment it was made in: those made while the journal of likes was
      // empty had every like scan it from then on, a third of its cost.
      options: ['TimeZone=UTC', 'enable_seqscan=off', ...settings]
        .map((setting) => `-c ${setting}`)
        .join(' '),
    }
    const isPlainEnough = isEncryptionOptional(url)
    return Connection.open({
      ...care,
      client,
      isEncryptionOptional: isPlainEnough,
      statements,
      statementTimeoutMs,
    })
  })
}

/** What waits for the commit of each transaction. */
const afterwardsOf = new WeakMap<Tx, (() => Promise<void>)[]>()

async function transact<T>(query: Sql, work: (tx: Tx) => Promise<T>, serializable: boolean) {
  const transaction = query.transaction()
  const afterwards: (() => Promise<void>)[] = []
  const answer = await (serializable ? transaction.setIsolationLevel('serializable') : transaction).execute(
    (tx) => {
      afterwardsOf.set(tx, afterwards)
      return work(tx)
    },
  )
  return { answer, afterwards }
}

async function ping(pool: Pool): Promise<void> {
  try {
    await within(
      1000,
      pool.share((connection) => connection.run('select 1')),
    )
  } catch (cause) {
    throw cause instanceof TintypeError ? cause : new TintypeError('unavailable', { cause })
  }
}

/** Whichever of the connections answers first: one of them may be what is asked about. */
async function isAtWork(pools: readonly Pool[], pid: number): Promise<boolean> {
  const text = `select 1 from pg_stat_activity
    where pid = $1 and state = 'active' and wait_event_type is distinct from 'Client'`
  const asked = pools.map((pool) => pool.share((connection) => connection.run(text, [pid])))
  const { count } = await Promise.any(asked)
  return count > 0
}
