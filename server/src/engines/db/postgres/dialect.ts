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
import { retry } from '../../../kit/retry.ts'
import type { Connection } from './connection.ts'
import { ConnectionLost, mapError, wasNotBegun } from './errors.ts'
import type { ConnectionPool, Lease } from './pool.ts'
import type { Rows } from './statement.ts'

/** Single `select`s go to `readers`, all else to `pool`; both lead to the same database. */
export interface Pools {
  pool: ConnectionPool<Connection>
  readers: ConnectionPool<Connection>
  /** Who may answer in place of both; undefined: they do. */
  late?: (text: string, parameters: readonly unknown[]) => Promise<Rows | undefined>
}

/**
 * Kysely on pools of our own. Why not its `PostgresDialect`: that reserves a connection for every query. Here single queries share
 * connections, pipelined, and only a transaction has one for itself.
 */
export function postgresDialect(pools: Pools): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => new PostgresDriver(pools),
  }
}

class PostgresDriver implements Driver {
  readonly #pools: Pools
  constructor(pools: Pools) {
    this.#pools = pools
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<Session> {
    return new Session(this.#pools)
  }
  beginTransaction(session: Session, settings: TransactionSettings): Promise<void> {
    return session.begin(settings)
  }
  commitTransaction(session: Session): Promise<void> {
    return session.commit()
  }
  rollbackTransaction(session: Session): Promise<void> {
    return session.rollback()
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

interface Transaction extends Lease<Connection> {
  /** The first failure of a statement: nothing of the transaction stays, even where its work went on. */
  failure: unknown
}

/** For what was never sent or begun: at once, and twice more after some 20 ms. */
const soon = { attempts: 3, baseMs: 20 }

/** The pools, or one of their connections while a transaction runs. */
class Session implements DatabaseConnection {
  readonly #pools: Pools
  #transaction: Transaction | undefined

  constructor(pools: Pools) {
    this.#pools = pools
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const transaction = this.#transaction
    try {
      const { rows, count } = transaction
        ? await transaction.connection.run(query.sql, query.parameters)
        : await this.#runAlone(query)
      return { rows: rows as R[], numAffectedRows: BigInt(count) }
    } catch (error) {
      const mapped = mapError(error)
      if (transaction) transaction.failure ??= mapped
      throw mapped
    }
  }

  async #runAlone({ sql, parameters }: CompiledQuery): Promise<Rows> {
    const late = await this.#pools.late?.(sql, parameters)
    if (late) return late
    const pool = /^\s*select\b/i.test(sql) ? this.#pools.readers : this.#pools.pool
    return await retry(() => pool.share((connection) => connection.run(sql, parameters)), {
      ...soon,
      retryable: wasNotBegun,
    })
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('not supported: page through large results by key')
  }

  async begin({ isolationLevel }: TransactionSettings): Promise<void> {
    const text = isolationLevel ? `begin isolation level ${isolationLevel}` : 'begin'
    // As long as nothing has begun, another connection does as well.
    const retryable = (error: unknown) => wasNotBegun(error) || error instanceof ConnectionLost
    try {
      this.#transaction = await retry(() => this.#beginOnce(text), { ...soon, retryable })
    } catch (error) {
      throw mapError(error)
    }
  }

  async #beginOnce(text: string): Promise<Transaction> {
    const lease = await this.#pools.pool.take()
    try {
      await lease.connection.run(text)
      return { ...lease, failure: undefined }
    } catch (error) {
      lease.release()
      throw error
    }
  }

  async commit(): Promise<void> {
    const transaction = this.#transaction
    if (!transaction) throw new Error('no transaction was begun')
    // Kysely then calls `rollback`.
    if (transaction.failure) throw transaction.failure
    this.#transaction = undefined
    try {
      const { command } = await transaction.connection.run('commit')
      if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`)
    } catch (error) {
      throw mapError(error)
    } finally {
      transaction.release()
    }
  }

  /** Kysely calls it after a failed commit too, when there is nothing left to do. */
  async rollback(): Promise<void> {
    const transaction = this.#transaction
    if (!transaction) return
    this.#transaction = undefined
    const { connection, release } = transaction
    try {
      await connection.run('rollback')
    } catch (error) {
      connection.destroy(new Error('its transaction could not be taken back', { cause: error }))
    } finally {
      release()
    }
  }
}
