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
import type { ISql, Sql } from 'postgres'
import { isConnectionLoss, mapError } from './postgres-errors.ts'

/**
 * Kysely on postgres.js. Why not `kysely-postgres-js`: it reserves a connection for every query, and postgres.js 3.4 leaks one
 * from its pool for every reservation that fails while the server is away, and crashes the process when a
 * reserved connection that was lost is used or released. Here single queries go to the pool as they are (and share connections, pipelined),
 * and transactions go through `sql.begin`, which has neither fault, provided a lost one is never touched again.
 */
export function postgresDialect(sql: Sql): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => new PostgresDriver(sql),
  }
}

class PostgresDriver implements Driver {
  readonly #sql: Sql
  constructor(sql: Sql) {
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
  readonly #pool: Sql
  #transaction: Transaction | undefined

  constructor(pool: Sql) {
    this.#pool = pool
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const transaction = this.#transaction
    if (transaction?.lost) throw transaction.lost
    try {
      // Prepared once per connection, by its text; `unsafe` leaves that out unless asked, which cost 2.1x on the feed query.
      const parameters = query.parameters.map((value) => typedArray(this.#pool, value)) as never[]
      const options = { prepare: true, simple: false }
      const rows = await (transaction?.sql ?? this.#pool).unsafe(query.sql, parameters, options)
      return { rows: rows as unknown as R[], numAffectedRows: BigInt(rows.count ?? 0) }
    } catch (error) {
      const mapped = mapError(error)
      if (transaction && isConnectionLoss(error)) transaction.lost = mapped
      throw mapped
    }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('not supported: page through large results by key')
  }

  begin(settings: TransactionSettings): Promise<void> {
    return new Promise((resolve, reject) => {
      const mode = settings.isolationLevel ? `isolation level ${settings.isolationLevel}` : ''
      const end = Promise.withResolvers<void>()
      const finished = this.#pool.begin(mode, (sql) => {
        const transaction = {
          sql,
          lost: undefined,
          finish: end.resolve,
          abandon: end.reject,
          finished: settled,
        }
        this.#transaction = transaction
        resolve()
        return end.promise
      })
      const settled = finished.then(
        () => {},
        (error) => {
          const mapped = mapError(error)
          if (this.#transaction) this.#transaction.lost ??= mapped
          reject(mapped)
          throw mapped
        },
      )
      settled.catch(() => {})
    })
  }

  async commit(): Promise<void> {
    const transaction = this.#take()
    if (transaction.lost) throw transaction.lost
    transaction.finish()
    await transaction.finished
  }

  /** A lost connection needs none: its end of the transaction is never settled, so that nothing is written to it. */
  async rollback(): Promise<void> {
    const transaction = this.#take()
    if (transaction.lost) return
    transaction.abandon(new Error('rolled back'))
    await transaction.finished.catch(() => {})
  }

  #take(): Transaction {
    if (!this.#transaction) throw new Error('no transaction was begun')
    const transaction = this.#transaction
    this.#transaction = undefined
    return transaction
  }
}

/** postgres.js takes the type of an array from its first element and forgets that it is an array, where it knows the element's type. */
function typedArray(sql: Sql, value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const [first] = value
  if (first instanceof Date) return sql.typed(value as never, 1185)
  if (typeof first === 'boolean') return sql.typed(value as never, 1000)
  if (typeof first === 'bigint') return sql.typed(value as never, 1016)
  if (first instanceof Uint8Array) return sql.typed(value as never, 1001)
  return value
}
