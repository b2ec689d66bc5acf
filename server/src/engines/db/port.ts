import { TintypeError } from '@tintype/contract'
import { CompiledQuery, type Kysely } from 'kysely'
import { gather } from '../../kit/gather.ts'
import type { Vault } from '../../kit/vault.ts'

/** A module narrows this to the tables it owns with `withTables`, in its store alone. */
// biome-ignore lint/complexity/noBannedTypes: no tables until a store names its own
export type Sql = Kysely<{}>

/** The handle inside a transaction; to be handed to stores and to `Outbox.append`, never kept. */
// biome-ignore lint/complexity/noBannedTypes: see Sql
export type Tx = Kysely<{}> & { readonly isTransaction: true }

/** Somebody whose reads may be late. */
export interface LateReader {
  /** Who it is: they keep to one replica while they can, so that what they have seen stays seen. */
  key: string
  /** Where they wrote (see `Db.position`): nothing older is read. */
  positions: readonly (string | undefined)[]
}

export interface Db {
  /** Reads and single-statement writes on the primary. */
  readonly query: Sql
  /**
   * Reads that may be late, of one statement, in the work that is given to `lately`; everywhere else they are the primary's. Who may see
   * what is never asked of it, nor what a cache keeps until a fact makes it forget.
   */
  readonly replica: Sql
  /** Whether there are replicas. */
  readonly isReplicated: boolean
  /** What `replica` reads in this work may come from a server that lags behind, but not behind what the reader wrote, nor what was raised. */
  lately<T>(reader: LateReader, work: () => T): T
  /** Where all that is committed by now stands in the log; undefined where there are no replicas. */
  position(): Promise<string | undefined>
  /** From now on nothing older is read; undefined: than what is committed by now. */
  raise(position: string | undefined): void
  /** Seconds that each replica is behind; undefined: it is away. */
  lags(): (number | undefined)[]
  /**
   * Runs `work` in one transaction (READ COMMITTED unless `serializable`); it is run again from the start, at most
   * 5 times, on a serialisation failure or a deadlock (SQLSTATE 40001, 40P01), so it must do nothing but database work.
   */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: { serializable?: boolean }): Promise<T>
  /** Runs `work`, which may not fail, once the transaction is committed, before `tx` answers; never if it is taken back. */
  afterCommit(tx: Tx, work: () => Promise<void>): void
  /** Asks the engine for a sign of life; rejects when there is none within a second. */
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** One connection of one's own, with what its session holds (locks); made anew when next used after its loss. */
export interface OwnSession extends AsyncDisposable {
  readonly query: Sql
}

/** What the engines that live in PostgreSQL too (broadcast, event log, timelines) may use beyond the port. */
export interface PostgresDb extends Db {
  /** One connection, for what needs not be quick; in a transaction nothing but that may be used. */
  readonly handle: Sql
  /** Through one connection of its own, made again when lost; `onGap` runs after each loss, when messages may have been missed. */
  listen(channel: string, handler: (payload: string) => void, onGap?: () => void): Promise<AsyncDisposable>
  /**
   * `settings` of the session, as in `synchronous_commit=off`; `onLost` runs when its session, if there was one, is gone. A statement may
   * take `statementTimeoutMs` where that is given, for what takes longer than an answer may.
   */
  ownSession(options: {
    name: string
    settings: string[]
    onLost: () => void
    statementTimeoutMs?: number
  }): OwnSession
}

/** The database was there and refused, so nothing of the statement was done. Where it was lost, it may have been. */
const wasRefused = (error: unknown): boolean =>
  !(error instanceof TintypeError && error.code === 'unavailable')

/** Writes what is asked for at the same moment as one statement, of `most` changes at most; see docs/decisions/0006-group-commit.md. */
export const groupCommit = <Change, Outcome>(
  most: number,
  write: (changes: readonly Change[]) => Promise<readonly Outcome[]>,
): ((change: Change) => Promise<Outcome>) => gather({ work: write, most, atOnce: 2, isUndone: wasRefused })

/**
 * A statement of fixed text, for hot paths: building a query's text anew each time takes as long as sending it. Parameters stand as
 * `$1`, `$2`, …; a list is one parameter (`= any($1::uuid[])`). A list of many short columns is cheapest to read as one row of
 * arrays (`array_agg`).
 */
export const statement =
  <Row>(text: string) =>
  async (db: Sql | Tx, ...parameters: readonly unknown[]): Promise<Row[]> => {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))
    return rows
  }

/** From here to the end of the transaction nobody else has what is called so: `whose:whom`, for all names share one space. */
export async function lock(tx: Tx, name: string): Promise<void> {
  await take(tx, name)
}
const take = statement('select pg_advisory_xact_lock(hashtextextended($1, 0))')

/** The same of many: those who want some of them at the same time do not wait for each other in a circle. */
export async function lockAll(tx: Tx, names: readonly string[]): Promise<void> {
  await takeAll(tx, names)
}
const takeAll = statement(
  'select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest($1::text[]) as name order by name',
)

/** One connection, before anything serves. */
export interface MigrationConnection {
  rows<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/**
 * What a migration file `0001_name.ts` exports as `run`, for what SQL cannot do. It opens transactions itself, may be ended at any point, and is then
 * run again from its beginning. `vault` throws where nobody said a key, so ask once there is something to seal.
 */
export type CodeMigration = (connection: MigrationConnection, vault: () => Vault) => Promise<void>
