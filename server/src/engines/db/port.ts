import { TintypeError } from '@tintype/contract'
import type { Kysely } from 'kysely'

/** A module narrows this to the tables it owns with `withTables`, in its store alone. */
// biome-ignore lint/complexity/noBannedTypes: no tables until a store names its own
export type Sql = Kysely<{}>

/** The handle inside a transaction; to be handed to stores and to `EventLog.append`, never kept. */
// biome-ignore lint/complexity/noBannedTypes: see Sql
export type Tx = Kysely<{}> & { readonly isTransaction: true }

export interface Db {
  /** Reads and single-statement writes on the primary. */
  readonly query: Sql
  /** Reads that may lag behind; the primary where there is no replica. */
  readonly replica: Sql
  /**
   * Runs `work` in one transaction (READ COMMITTED unless `serializable`); it is run again from the start, at most
   * 5 times, on a serialisation failure or a deadlock (SQLSTATE 40001, 40P01), so it must do nothing but database work.
   */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: { serializable?: boolean }): Promise<T>
  /** Asks the engine for a sign of life; rejects when there is none within a second. */
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The database was there and refused, so nothing of the statement was done. Where it was lost, it may have been. */
export const wasRefused = (error: unknown): boolean =>
  !(error instanceof TintypeError && error.code === 'unavailable')
