import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { ISql, Row, RowList, UnsafeQueryOptions } from 'postgres'
import { retry } from '../../kit/retry.ts'
import { isConnectionLoss, mapError, wasNeverSent } from './postgres-errors.ts'
import type { ConnectionPool } from './postgres-pool.ts'
import { arrayOidOf } from './postgres-types.ts'

/**
 * Kysely on postgres.js. Why not `kysely-postgres-js`: it reserves a connection for every query, and postgres.js 3.4 leaks one
 * from its pool for every reservation that fails while the server is away, and crashes the process when a
 * reserved connection that was lost is used or released. Here single queries go to the pool as they are (and share connections, pipelined),
 * and transactions go through `sql.begin`, which has neither fault, provided a lost one is never touched again.
 */
export function postgresDialect(sql: Handles): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => new PostgresDriver(sql),
  }
}

class PostgresDriver implements Driver {
  readonly #sql: Handles
  constructor(sql: Handles) {
    this.#sql = sql
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<Connection> {
    return new Connection(this.#sql)
  }
  beginTransaction(connection: Connection, settings: TransactionSettings): Promise<void> {
    return connection.begin(settings)
  }
  commitTransaction(connection: Connection): Promise<void> {
    return connection.commit()
  }
  rollbackTransaction(connection: Connection): Promise<void> {
    return connection.rollback()
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

/** Single `select`s go to `readers`, all else to `pool`; both lead to the same database. */
export interface Handles {
  pool: ConnectionPool
  readers: ConnectionPool
}

interface Transaction {
  sql: ISql
  /** Set at the first sign of loss: postgres.js would write to a socket that is gone, or, worse, to one that others use by now. */
  lost: unknown
  finish(): void
  abandon(reason: unknown): void
  finished: Promise<void>
}

/** The pool, or one of its connections while a transaction runs. */
class Connection implements DatabaseConnection {
  readonly #pool: ConnectionPool
  readonly #readers: ConnectionPool
  #transaction: Transaction | undefined

  constructor({ pool, readers }: Handles) {
    this.#pool = pool
    this.#readers = readers
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const transaction = this.#transaction
    if (transaction?.lost) throw transaction.lost
    try {
      const rows = transaction
        ? await this.#send(transaction.sql, query)
        : await retry(() => this.#poolFor(query).share((sql) => this.#send(sql, query)), {
            ...soon,
            retryable: wasNeverSent,
          })
      return { rows: rows as unknown as R[], numAffectedRows: BigInt(rows.count ?? 0) }
    } catch (error) {
      const mapped = mapError(error)
      if (transaction && isConnectionLoss(error)) transaction.lost = mapped
      throw mapped
    }
  }

  #poolFor({ sql }: CompiledQuery): ConnectionPool {
    return /^\s*select\b/i.test(sql) ? this.#readers : this.#pool
  }

  /** Prepared once per connection, by its text; `unsafe` leaves that out unless asked, which cost 2.1x on the feed query. */
  async #send(sql: ISql, query: CompiledQuery): Promise<RowList<Row[]>> {
    const parameters = query.parameters.map((value) => typedArray(sql, value)) as never[]
    return await sql.unsafe(query.sql, parameters, { prepare: true, simple: false } as UnsafeQueryOptions)
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('not supported: page through large results by key')
  }

  async begin(settings: TransactionSettings): Promise<void> {
    const mode = settings.isolationLevel ? `isolation level ${settings.isolationLevel}` : ''
    try {
      // As long as nothing has begun, another connection does as well.
      this.#transaction = await retry(() => this.#beginOnce(mode), { ...soon, retryable: isConnectionLoss })
    } catch (error) {
      throw mapError(error)
    }
  }

  #beginOnce(mode: string): Promise<Transaction> {
    return new Promise((resolve, reject) => {
      const end = Promise.withResolvers<void>()
      let transaction: Transaction | undefined
      const begun = this.#pool.take((connection) =>
        connection.begin(mode, (sql) => {
          transaction = { sql, lost: undefined, finish: end.resolve, abandon: end.reject, finished }
          resolve(transaction)
          return end.promise
        }),
      )
      const finished = begun.then(
        () => {},
        (error) => {
          if (transaction && isConnectionLoss(error)) transaction.lost ??= mapError(error)
          reject(error)
          throw mapError(error)
        },
      )
      // It may end while nobody waits for its end.
      finished.catch(() => {})
    })
  }

  async commit(): Promise<void> {
    const transaction = this.#transaction
    if (!transaction) throw new Error('no transaction was begun')
    this.#transaction = undefined
    if (transaction.lost) throw transaction.lost
    transaction.finish()
    await transaction.finished
  }

  /**
   * Kysely calls it after a failed commit too, when there is nothing left to do. A lost connection needs none: its end of the
   * transaction is never settled, so that nothing is written to it.
   */
  async rollback(): Promise<void> {
    const transaction = this.#transaction
    this.#transaction = undefined
    if (!transaction || transaction.lost) return
    transaction.abandon(new Error('rolled back'))
    await transaction.finished.catch(() => {})
  }
}

/** For what was never sent or begun: at once, and twice more after some 20 ms. */
const soon = { attempts: 3, baseMs: 20 }

/** postgres.js takes the type of an array from its first element and forgets that it is an array, where it knows the element's type. */
function typedArray(sql: ISql, value: unknown): unknown {
  const oid = Array.isArray(value) ? arrayOidOf(value[0]) : undefined
  return oid === undefined ? value : sql.typed(value as never, oid)
}
