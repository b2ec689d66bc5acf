import { type EventSpec, type EventType, events } from '@tintype/contract'
import { CompiledQuery, sql } from 'kysely'
import { type Db, type Sql, statement, type Tx } from '../db/port.ts'
import { CHANNEL, type Change, type NewEvent, type Outbox, shareOf } from './port.ts'

/**
 * Milliseconds between two NOTIFYs of a process. Each makes the commits of the whole server queue up one behind the other while it
 * is sent (PostgreSQL takes one lock for it), so one per event would undo group commit.
 */
const NOTIFY_EVERY = 50

/** Milliseconds after which this process looks itself: most changes are committed by then, and the next NOTIFY makes up for the others. */
const LOOK_AFTER = 3

const one = 'insert into events (type, key, share, payload, at) values ($1, $2, $3, $4::text::json, $5)'
const many = `insert into events (type, key, share, payload, at)
  select type, key, share, payload::json, $5::timestamptz from
  unnest($1::text[], $2::text[], $3::int[], $4::text[]) with ordinality n (type, key, share, payload, place)
  order by place`
const notify = statement(`select pg_notify('${CHANNEL}', '')`)
/** Told at commit, once per transaction however many rows ask for it. */
const andNotify = ` returning pg_notify('${CHANNEL}', '')`

export interface PostgresOutboxOptions {
  /** For what is published outside of callers' transactions. */
  handle: Sql
  afterCommit: Db['afterCommit']
  now(): number
  onError(error: unknown): void
}

/**
 * The table `events`. Where nothing was published for a while, the transaction itself wakes the readers at its commit; appends close behind
 * it are published together a little later, when most of them are committed. A transaction that takes longer is found because readers keep
 * looking while any is running.
 */
export class PostgresOutbox implements Outbox {
  readonly #options: PostgresOutboxOptions
  #listener: () => void = () => {}
  #hear: (facts: readonly NewEvent[]) => Promise<void> = async () => {}
  #lastNotify = 0
  #soon: NodeJS.Timeout | undefined
  #later: NodeJS.Timeout | undefined
  #telling: Promise<unknown> = Promise.resolve()

  constructor(options: PostgresOutboxOptions) {
    this.#options = options
  }

  onCommitted(listener: (facts: readonly NewEvent[]) => Promise<void>): void {
    // What is committed stands, whoever cannot hear of it.
    this.#hear = (facts) => listener(facts).catch(this.#options.onError)
  }

  onAppended(listener: () => void): void {
    this.#listener = listener
  }

  async append(tx: Tx, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return
    const ending = this.#isNotifyDue() ? andNotify : ''
    const at = this.#at()
    const rows = events.map(rowOf)
    const [only] = rows
    if (rows.length === 1 && only !== undefined)
      await tx.executeQuery(CompiledQuery.raw(one + ending, [...only, at]))
    else {
      const columns = [0, 1, 2, 3].map((i) => rows.map((row) => row[i]))
      await tx.executeQuery(CompiledQuery.raw(many + ending, [...columns, at]))
    }
    this.#options.afterCommit(tx, () => this.#hear(events))
  }

  async act<Row>(db: Sql | Tx, { change, answer }: Change<Row>, events: readonly NewEvent[]): Promise<Row[]> {
    const rows = events.map(rowOf)
    const ending = sql.raw(this.#isNotifyDue() ? andNotify : ' returning seq')
    const [only] = rows
    const published = rows.length === 1 && only ? this.#oneDone(only) : this.#eachDone(rows)
    const found = await sql<Row>`with ${change}, published as (${published} ${ending}) ${answer}`.execute(db)
    if (db.isTransaction) this.#options.afterCommit(db as Tx, () => this.#hear(events))
    else await this.#hear(events)
    return found.rows
  }

  #oneDone([type, key, share, payload]: EventColumns) {
    return sql`insert into events (type, key, share, payload, at)
      select ${type}, ${key}, ${share}::int, ${payload}::text::json, ${this.#at()}::timestamptz from done`
  }

  #eachDone(rows: readonly EventColumns[]) {
    return sql`insert into events (type, key, share, payload, at)
      select type, key, share, payload::json, ${this.#at()}::timestamptz from unnest(
        ${rows.map((row) => row[0])}::text[], ${rows.map((row) => row[1])}::text[],
        ${rows.map((row) => row[2])}::int[], ${rows.map((row) => row[3])}::text[]
      ) with ordinality n (type, key, share, payload, place)
      where place in (select place from done) order by place`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#soon)
    clearTimeout(this.#later)
    await this.#telling
  }

  #at(): Date {
    return new Date(this.#options.now())
  }

  /** Something is being appended: wakes this process's readers soon, and says whether all others are to hear of it. */
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
    this.#listener()
  }

  #notify(): void {
    this.#later = undefined
    this.#listener()
    this.#lastNotify = performance.now()
    this.#telling = notify(this.#options.handle).catch(this.#options.onError)
  }
}

type EventColumns = [type: string, key: string, share: number, payload: string]

function rowOf<T extends EventType>(event: NewEvent & { type: T }): EventColumns {
  const key = (events[event.type] as EventSpec<unknown>).key(event.payload)
  return [event.type, key, shareOf(key), JSON.stringify(event.payload)]
}
