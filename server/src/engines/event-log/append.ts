import { type EventSpec, type EventType, events } from '@tintype/contract'
import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import { type Sql, statement, type Tx } from '../db/port.ts'
import type { NewEvent } from './port.ts'
import { shareOf } from './share.ts'

export const CHANNEL = 'tintype_events'

/**
 * Milliseconds between two NOTIFYs of a process. Each makes the commits of the whole server queue up one behind the other while it
 * is sent (PostgreSQL takes one lock for it), so one per event would undo group commit.
 */
const NOTIFY_EVERY = 50

/** Milliseconds after which this process looks itself: most deeds are committed by then, and the next NOTIFY makes up for the others. */
const LOOK_AFTER = 3

const one = 'insert into events (type, key, share, payload, at) values ($1, $2, $3, $4::text::json, $5)'
const many = `insert into events (type, key, share, payload, at)
  select type, key, share, payload::json, $5::timestamptz from
  unnest($1::text[], $2::text[], $3::int[], $4::text[]) with ordinality n (type, key, share, payload, place)
  order by place`
const notify = statement(`select pg_notify('${CHANNEL}', '')`)
/** Told at commit, once per transaction however many rows ask for it. */
const andNotify = ` returning pg_notify('${CHANNEL}', '')`

/**
 * Writes events into callers' transactions. Where nothing was told for a while, the transaction itself wakes the readers at its
 * commit; appends close behind it are told together a little later, when most of them are committed. A
 * transaction that takes longer is found because readers keep looking while any is running.
 */
export class Appender {
  readonly #db: Sql
  readonly #now: () => number
  readonly #onError: (error: unknown) => void
  /** Called when readers of this process may find something new. */
  onAppended: () => void = () => {}
  #lastNotify = 0
  #soon: NodeJS.Timeout | undefined
  #later: NodeJS.Timeout | undefined
  #telling: Promise<unknown> = Promise.resolve()

  constructor(db: Sql, now: () => number, onError: (error: unknown) => void) {
    this.#db = db
    this.#now = now
    this.#onError = onError
  }

  async append(tx: Tx, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return
    const ending = this.#isNotifyDue() ? andNotify : ''
    const at = new Date(this.#now())
    const rows = events.map(rowOf)
    const [only] = rows
    if (rows.length === 1 && only !== undefined)
      await tx.executeQuery(CompiledQuery.raw(one + ending, [...only, at]))
    else {
      const columns = [0, 1, 2, 3].map((i) => rows.map((row) => row[i]))
      await tx.executeQuery(CompiledQuery.raw(many + ending, [...columns, at]))
    }
  }

  appendingEach(events: readonly NewEvent[], deed: string): RawBuilder<unknown> {
    const rows = events.map(rowOf)
    const at = new Date(this.#now())
    const ending = this.#isNotifyDue() ? andNotify : ''
    return sql`insert into events (type, key, share, payload, at)
      select type, key, share, payload::json, ${at}::timestamptz from unnest(
        ${rows.map((row) => row[0])}::text[], ${rows.map((row) => row[1])}::text[],
        ${rows.map((row) => row[2])}::int[], ${rows.map((row) => row[3])}::text[]
      ) with ordinality n (type, key, share, payload, place)
      where place in (select place from ${sql.ref(deed)}) order by place ${sql.raw(ending)}`
  }

  appending(event: NewEvent, deed: string): RawBuilder<unknown> {
    const [type, key, share, payload] = rowOf(event)
    const at = new Date(this.#now())
    return sql`insert into events (type, key, share, payload, at)
      select ${type}, ${key}, ${share}::int, ${payload}::text::json, ${at}::timestamptz from ${sql.ref(deed)}
      ${sql.raw(this.#isNotifyDue() ? andNotify : ' returning seq')}`
  }

  async stop(): Promise<void> {
    clearTimeout(this.#soon)
    clearTimeout(this.#later)
    await this.#telling
  }

  /** Something is being appended: wakes this process's readers soon, and says whether all others are to be told with it. */
  #isNotifyDue(): boolean {
    this.#soon ??= setTimeout(() => this.#look(), LOOK_AFTER)
    const now = performance.now()
    const wait = this.#lastNotify + NOTIFY_EVERY - now
    if (wait <= 0) {
      this.#lastNotify = now
      return true
    }
    this.#later ??= setTimeout(() => this.#notify(), wait)
    return false
  }

  #look(): void {
    this.#soon = undefined
    this.onAppended()
  }

  #notify(): void {
    this.#later = undefined
    this.onAppended()
    this.#lastNotify = performance.now()
    this.#telling = notify(this.#db).catch(this.#onError)
  }
}

function rowOf<T extends EventType>(event: NewEvent & { type: T }): [string, string, number, string] {
  const key = (events[event.type] as EventSpec<unknown>).key(event.payload)
  return [event.type, key, shareOf(key), JSON.stringify(event.payload)]
}
