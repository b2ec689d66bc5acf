import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db, Tx } from '../port.ts'

export interface DbStore {
  /** Opens one more instance on the same database. */
  open(): Db
  dispose(): Promise<void>
}

/** What every adapter of the Db port must do. Two instances share one empty database, as two processes would. */
export function testDb(name: string, createStore: () => Promise<DbStore>): void {
  describe(`Db: ${name}`, () => {
    let store: DbStore
    let one: Db
    let two: Db

    beforeAll(async () => {
      store = await createStore()
      one = store.open()
      two = store.open()
      await sql`create table tallies (name text primary key, total bigint not null)`.execute(one.query)
    })
    beforeEach(async () => {
      await sql`insert into tallies values ('left', 1), ('right', 1)`.execute(one.query)
    })
    afterEach(async () => {
      await sql`delete from tallies`.execute(one.query)
    })
    afterAll(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store.dispose()
    })

    const total = async (db: { query: Db['query'] }, name: string) =>
      (await sql<{ total: number }>`select total from tallies where name = ${name}`.execute(db.query)).rows[0]
        ?.total
    const set = (tx: Tx, name: string, to: number) =>
      sql`update tallies set total = ${to} where name = ${name}`.execute(tx)

    test('a transaction is seen by others when it commits, not before', async () => {
      await one.tx(async (tx) => {
        await set(tx, 'left', 2)
        expect(await total(two, 'left')).toBe(1)
      })
      expect(await total(two, 'left')).toBe(2)
    })

    test('nothing stays of a transaction whose work throws', async () => {
      const failure = new Error('changed my mind')
      const failed = one.tx(async (tx) => {
        await set(tx, 'left', 2)
        throw failure
      })
      await expect(failed).rejects.toBe(failure)
      expect(await total(two, 'left')).toBe(1)
    })

    test('nothing stays of a transaction that swallowed the failure of a statement', async () => {
      const failed = one.tx(async (tx) => {
        await set(tx, 'left', 2)
        await sql`insert into tallies values ('left', 9)`.execute(tx).catch(() => {})
      })
      await expect(failed).rejects.toMatchObject({ code: '23505' })
      expect(await total(two, 'left')).toBe(1)
    })

    test('transactions that serialise badly are run again until each has seen the other', async () => {
      const swap = (db: Db, from: string, to: string) =>
        db.tx(
          async (tx) => {
            const read = await sql<{ total: number }>`select total from tallies where name = ${from}`.execute(
              tx,
            )
            await set(tx, to, (read.rows[0]?.total ?? 0) + 1)
          },
          { serializable: true },
        )
      await Promise.all([swap(one, 'left', 'right'), swap(two, 'right', 'left')])
      expect([await total(one, 'left'), await total(one, 'right')].sort()).toEqual([2, 3])
    })

    test('a deadlock ends with both transactions done', async () => {
      const meeting = rendezvous(2)
      const both = (db: Db, first: string, second: string) =>
        db.tx(async (tx) => {
          await sql`update tallies set total = total + 1 where name = ${first}`.execute(tx)
          await meeting()
          await sql`update tallies set total = total + 1 where name = ${second}`.execute(tx)
        })
      await Promise.all([both(one, 'left', 'right'), both(two, 'right', 'left')])
      expect([await total(one, 'left'), await total(one, 'right')]).toEqual([3, 3])
    })

    test('a transaction that can never be serialised is given up after five attempts', async () => {
      let attempts = 0
      const hopeless = one.tx(async (tx) => {
        attempts++
        await sql`do $$ begin raise serialization_failure; end $$`.execute(tx)
      })
      await expect(hopeless).rejects.toMatchObject({ code: '40001' })
      expect(attempts).toBe(5)
    })

    test('other failures are not tried again', async () => {
      let attempts = 0
      const failed = one.tx(async (tx) => {
        attempts++
        await sql`insert into tallies values ('left', 1)`.execute(tx)
      })
      await expect(failed).rejects.toMatchObject({ code: '23505' })
      expect(attempts).toBe(1)
    })

    test('statements are prepared once per connection, under a name', async () => {
      await one.tx(async (tx) => {
        await sql`select total from tallies where name = ${'left'}`.execute(tx)
        await sql`select total from tallies where name = ${'right'}`.execute(tx)
        const found = await sql<{ uses: number }>`
          select generic_plans + custom_plans as uses from pg_prepared_statements
          where statement like 'select total from tallies%'`.execute(tx)
        expect(found.rows.length).toBe(1)
        expect(found.rows[0]?.uses).toBeGreaterThanOrEqual(2)
      })
    })

    test('a lost connection is "unavailable" to its transaction and to nobody else', async () => {
      for (let round = 0; round < 12; round++) {
        const cut = one.tx(async (tx) => {
          await set(tx, 'left', 2)
          const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
          await sql`select pg_terminate_backend(${own.rows[0]?.pid})`.execute(two.query)
          await set(tx, 'right', 2)
        })
        await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
      }
      expect(await total(one, 'left')).toBe(1)
      await one.tx((tx) => set(tx, 'left', 7))
      expect(await total(two, 'left')).toBe(7)
    })

    test('work that goes on after its connection was lost writes nothing', async () => {
      const cut = one.tx(async (tx) => {
        const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
        await sql`select pg_terminate_backend(${own.rows[0]?.pid})`.execute(tx).catch(() => {})
        for (let attempt = 0; attempt < 20; attempt++) {
          await new Promise((resolve) => setTimeout(resolve, 1))
          await set(tx, 'left', 100).catch(() => {})
        }
      })
      await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
      expect(await total(two, 'left')).toBe(1)
    })

    test('values come back as what they are', async () => {
      const at = new Date('2026-02-03T04:05:06.789Z')
      const id = '0198c0de-0000-7000-8000-000000000001'
      const { rows } = await sql<object>`
        select ${id}::uuid as id, ${at}::timestamptz as at, ${7}::bigint as small, ${2n ** 60n}::bigint as large,
          ${{ a: ['x', null] }}::jsonb as json, ${['x']}::jsonb as list, ${[{ type: 'x', value: 1 }]}::jsonb[] as jsons, ${true}::boolean as flag,
          ${[id]}::uuid[] as ids, ${[at]}::timestamptz[] as times, ${[true, false]}::boolean[] as flags,
          ${['a"b', 'c,d', null]}::text[] as words, ${[1, 2]}::bigint[] as numbers, ${Buffer.from('\0\xff', 'latin1')}::bytea as bytes,
          null::text as nothing
      `.execute(one.query)
      expect({ ...rows[0] }).toEqual({
        id,
        at,
        small: 7,
        large: 2n ** 60n,
        json: { a: ['x', null] },
        list: ['x'],
        jsons: [{ type: 'x', value: 1 }],
        flag: true,
        ids: [id],
        times: [at],
        flags: [true, false],
        words: ['a"b', 'c,d', null],
        numbers: [1, 2],
        bytes: Buffer.from('\0\xff', 'latin1'),
        nothing: null,
      })
    })

    test('text that the database cannot hold is the sender’s mistake', async () => {
      const refused = sql`select ${'a\0b'}::text`.execute(one.query)
      await expect(refused).rejects.toMatchObject({ code: 'validation_failed' })
    })

    test('more callers than connections wait their turn', async () => {
      const add = () =>
        one.tx((tx) => sql`update tallies set total = total + 1 where name = 'left'`.execute(tx))
      await Promise.all(Array.from({ length: 60 }, add))
      expect(await total(two, 'left')).toBe(61)
    })

    test('the replica handle reads, a sign of life is given, and a closed instance refuses', async () => {
      await sql`select 1`.execute(one.replica)
      const third = store.open()
      await third.ping()
      await third[Symbol.asyncDispose]()
      await expect(sql`select 1`.execute(third.query)).rejects.toMatchObject({ code: 'unavailable' })
      await expect(third.ping()).rejects.toMatchObject({ code: 'unavailable' })
    })
  })
}

/** Lets callers through once so many have come; later ones pass at once (a transaction that is run again). */
function rendezvous(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let present = 0
  return () => {
    if (++present >= size) resolve()
    return promise
  }
}
