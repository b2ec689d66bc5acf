import type { Events, EventType } from '@tintype/contract'
import type { RawBuilder } from 'kysely'
import { fnv1a } from '../../kit/fnv.ts'
import type { Sql, Tx } from '../db/port.ts'

export type NewEvent = { [T in EventType]: { type: T; payload: Events[T] } }[EventType]

/** On which readers of the table `events` are woken. */
export const CHANNEL = 'tintype_events'

/** A change that is one statement, as a store writes it for `Outbox.act`. */
export interface Change<Row> {
  /**
   * Items of a `with`, one of which is called `done`: it has a row where something was done. Where the facts are several, it has the
   * position of each (from 1) that is true now, as `place`.
   */
  change: RawBuilder<unknown>
  /** The `select` that ends the statement. It reads rows as they were before. */
  answer: RawBuilder<Row>
}

/** Facts, written in PostgreSQL in the transaction that makes them true, whatever log tells them afterwards. */
export interface Outbox extends AsyncDisposable {
  /** Writes events in the caller's transaction: they are published if and only if it commits. */
  append(tx: Tx, events: readonly NewEvent[]): Promise<void>
  /**
   * Makes a change and writes its facts as one statement: one round trip, all or nothing. For the hottest writes (likes, comments, saves,
   * posts), where the three more of a transaction were measured to count.
   */
  act<Row>(db: Sql | Tx, change: Change<Row>, events: readonly NewEvent[]): Promise<Row[]>
  /**
   * Calls back with the facts of each transaction of this process that was committed, before whoever made them is answered: at least with
   * those that were written, also with those that were true already.
   */
  onCommitted(listener: (facts: readonly NewEvent[]) => Promise<void>): void
  /** Calls back shortly after this process has appended something. */
  onAppended(listener: () => void): void
}

/** Into how many shares every group's work is cut; each share belongs to one process at a time. Changing it needs a migration. */
export const SHARES = 8

/** The share of a key: FNV-1a, so that every version of every process agrees. */
export function shareOf(key: string): number {
  const hash = fnv1a(key)
  return (hash ^ (hash >>> 15)) & (SHARES - 1)
}
