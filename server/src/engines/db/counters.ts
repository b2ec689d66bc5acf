import { type RawBuilder, sql } from 'kysely'
import { type Db, type Sql, statement, type Tx } from './port.ts'

type Handle = Sql | Tx
type PartitionOf<Key extends readonly string[]> = Key[0]
type IdOf<Key extends readonly string[]> = Key extends readonly [string, infer Id] ? Id : Key[0]
type Counts<Count extends string> = Record<`${Count}_count`, number>

/** Where the counts of one kind of thing stand; key columns hold ids, `K` standing for them all. */
interface CounterTables<Key extends readonly string[], Count extends string> {
  /** `K`, and an integer `<count>_count` for each count; its primary key is `K`. */
  counts: string
  /** `K`, `actor_id`, `change_id`, and an integer `<count>` for each count; its primary key is `K, actor_id, change_id`. */
  journal: string
  /** The partition key, and what tells apart the things of a partition where it has several. */
  key: { [At in keyof Key]: string }
  counted: readonly Count[]
}

/** What one change adds to the counts of one thing. */
export interface CounterChange<Key extends readonly string[], Count extends string> {
  key: Key
  /** Who made it, and is to see it counted at once. */
  actor_id: string
  change_id: string
  by: { [C in Count]?: number }
}

/** Partitions that a sweep counts at a time. */
const CHUNK = 500

/**
 * Counts of things, kept beside the rows they count. A change is noted in the journal by the transaction that makes it, and moved into the
 * counts by a consumer, in batches: no request waits for the row of a popular thing. Counts + journal = the truth, at every instant and
 * however often a fact is told, as a change is taken out of the journal by the statement that adds it up.
 *
 *   add --(journal)--> apply (a consumer), sweep (a schedule, for what a consumer gave up) --> counts <-- rebuild (from what is counted)
 */
export class Counters<Key extends readonly [string] | readonly [string, string], Count extends string> {
  readonly #tables: CounterTables<Key, Count>
  readonly #counts: RawBuilder<unknown>
  readonly #journal: RawBuilder<unknown>
  readonly #partition: RawBuilder<unknown>
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(tables: CounterTables<Key, Count>) {
    this.#tables = tables
    this.#counts = sql.table(tables.counts)
    this.#journal = sql.table(tables.journal)
    this.#partition = sql.ref(tables.key[0])
    this.#statements = statementsOf({ ...tables, key: [...tables.key] })
  }

  /** In the transaction of the changes. */
  async add(tx: Tx, changes: readonly CounterChange<Key, Count>[]): Promise<void> {
    if (changes.length === 0) return
    const { key, counted } = this.#tables
    const columns = [
      ...key.map((_, at) => sql`${changes.map((change) => change.key[at])}::uuid[]`),
      sql`${changes.map((change) => change.actor_id)}::uuid[]`,
      sql`${changes.map((change) => change.change_id)}::uuid[]`,
      ...counted.map((count) => sql`${changes.map((change) => change.by[count] ?? 0)}::int[]`),
    ]
    await this.adding(sql`select * from unnest(${sql.join(columns)})`).execute(tx)
  }

  /** The same as a part of a statement that makes the changes: `rows` answers the journal's columns, in their order. */
  adding(rows: RawBuilder<unknown>): RawBuilder<unknown> {
    const { key, counted } = this.#tables
    const columns = [...key, 'actor_id', 'change_id', ...counted].map((column) => sql.ref(column))
    return sql`insert into ${this.#journal} (${sql.join(columns)}) ${rows}`
  }

  /** An expression: one count of one thing, with what the actor did and is not counted yet. */
  countFor(
    count: Count,
    key: readonly RawBuilder<unknown>[],
    actor: RawBuilder<unknown>,
  ): RawBuilder<number> {
    const isIt = sql.join(
      this.#tables.key.map((column, at) => sql`${sql.ref(column)} = ${key[at]}`),
      sql` and `,
    )
    return sql<number>`(
      coalesce((select ${sql.ref(`${count}_count`)} from ${this.#counts} where ${isIt}), 0)
      + coalesce((select sum(${sql.ref(count)}) from ${this.#journal} where ${isIt} and actor_id = ${actor}), 0))`
  }

  /**
   * The counts by id, with what waits in the journal of `actor`'s doing (or of anybody's); without an actor, what is counted alone.
   * Where a partition has several things, `partition` is the one of all ids. Things that nothing ever happened to are absent.
   */
  async read(
    db: Handle,
    ids: readonly IdOf<Key>[],
    actor: string | 'anybody' | null,
    partition?: PartitionOf<Key>,
  ): Promise<Map<IdOf<Key>, Counts<Count>>> {
    const { counted, ofAnybody, ofActor } = this.#statements
    const read = actor === null ? counted : actor === 'anybody' ? ofAnybody : ofActor
    const of = partition === undefined ? [ids] : [ids, partition]
    const [row] = await read(db, ...of, ...(read === ofActor ? [actor] : []))
    const found = new Map<IdOf<Key>, Counts<Count>>()
    for (const [at, id] of (row?.ids ?? []).entries()) {
      const counts: Record<string, number> = {}
      for (const count of this.#tables.counted) counts[`${count}_count`] = row?.[count]?.[at] as number
      found.set(id as IdOf<Key>, counts as Counts<Count>)
    }
    return found
  }

  /** Moves what waits for these partitions into the counts: of two that do it at once, one takes each change. */
  async apply(db: Handle, partitions: readonly PartitionOf<Key>[]): Promise<void> {
    await this.#statements.apply(db, partitions)
  }

  /** Has all that waits counted by `count`: what a consumer that gave up left behind. */
  async sweep(
    db: Sql,
    count: (partitions: PartitionOf<Key>[]) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    while (!signal?.aborted) {
      const waiting = await this.#statements.waiting(db, CHUNK)
      if (waiting.length > 0) await count(waiting.map((row) => row.partition as PartitionOf<Key>))
      if (waiting.length < CHUNK) return
    }
  }

  /**
   * Counts anew: `truth` answers the key columns and a `<count>_count` for each count, of whatever of these partitions has any. Serializable,
   * as its statements must see one state, or a change made in between would be counted twice.
   */
  async rebuild(db: Db, partitions: readonly PartitionOf<Key>[], truth: RawBuilder<unknown>): Promise<void> {
    const { key, counted } = this.#tables
    const columns = counted.map((count) => sql.ref(`${count}_count`))
    const among = sql`${this.#partition} = any(${partitions}::uuid[])`
    const work = async (tx: Tx) => {
      await sql`delete from ${this.#journal} where ${among}`.execute(tx)
      await sql`
        update ${this.#counts} set ${sql.join(columns.map((column) => sql`${column} = 0`))} where ${among}`.execute(
        tx,
      )
      await sql`
        insert into ${this.#counts} (${sql.join([...key.map((column) => sql.ref(column)), ...columns])}) ${truth}
        on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update set
        ${sql.join(counted.map((count) => sql`${sql.ref(`${count}_count`)} = ${sql.ref(`excluded.${count}_count`)}`))}`.execute(
        tx,
      )
    }
    await db.tx(work, { serializable: true })
  }

  /** In the transaction that takes the things away: those of `ids`, or all of the partition. */
  async drop(tx: Handle, partition: PartitionOf<Key>, ids?: readonly IdOf<Key>[]): Promise<void> {
    const id = this.#tables.key.at(-1) as string
    const those = ids === undefined ? sql`` : sql`and ${sql.ref(id)} = any(${ids}::uuid[])`
    // The journal first: whoever is counting a change of theirs is waited for.
    for (const table of [this.#journal, this.#counts])
      await sql`delete from ${table} where ${this.#partition} = ${partition} ${those}`.execute(tx)
  }
}

type Columns = { ids: string[] | null } & Record<string, number[] | undefined>

function statementsOf({ counts, journal, key, counted }: CounterTables<string[], string>) {
  const [partition = '', id = partition] = key
  const keys = key.join(', ')
  const each = (write: (count: string) => string) => counted.map(write).join(', ')
  // `$1`: ids; `$2`: the partition they are in, where they are not partitions themselves.
  const isNested = key.length > 1
  const among = `${id} = any($1::uuid[])${isNested ? ` and ${partition} = $2::uuid` : ''}`
  const summed = (whose: string) =>
    statement<Columns>(`
      select array_agg(id) as ids, ${each((c) => `array_agg(${c}) as ${c}`)} from (
        select id, ${each((c) => `sum(${c})::int as ${c}`)} from (
          select ${id} as id, ${each((c) => `${c}_count as ${c}`)} from ${counts} where ${among}
          union all
          select ${id}, ${counted} from ${journal} where ${among} ${whose}
        ) noted group by id
      ) summed`)
  return {
    apply: statement(`
      with taken as (
        delete from ${journal} where ${partition} = any($1::uuid[]) returning ${keys}, ${counted}
      )
      insert into ${counts} (${keys}, ${each((c) => `${c}_count`)})
      select ${keys}, ${each((c) => `sum(${c})`)} from taken group by ${keys} order by ${keys}
      on conflict (${keys}) do update set
        ${each((c) => `${c}_count = ${counts}.${c}_count + excluded.${c}_count`)}`),
    waiting: statement<{ partition: string }>(
      `select distinct ${partition} as partition from ${journal} limit $1`,
    ),
    counted: statement<Columns>(`
      select array_agg(${id}) as ids, ${each((c) => `array_agg(${c}_count) as ${c}`)} from ${counts} where ${among}`),
    ofActor: summed(`and actor_id = $${isNested ? 3 : 2}::uuid`),
    ofAnybody: summed(''),
  }
}
