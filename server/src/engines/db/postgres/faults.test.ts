import { Cable } from '@tintype/testkit/cable'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { test as base, describe, expect, vi } from 'vitest'
import type { PostgresDb } from '../port.ts'
import { openPostgres } from './db.ts'

/** What can happen to a connection, done to all of them while statements are under way; and milliseconds in which all must be settled. */
const faults: Record<string, { strike(cable: Cable): void; limit: number }> = {
  'the connection is gone': { strike: (cable) => cable.drop(), limit: 5000 },
  'the server closes its half': { strike: (cable) => cable.halfClose(), limit: 5000 },
  'answers are swallowed': { strike: (cable) => cable.swallowAnswers(), limit: 15_000 },
  'questions are swallowed': { strike: (cable) => cable.swallowQuestions(), limit: 15_000 },
  'answers come late': {
    strike(cable) {
      cable.hold()
      setTimeout(() => cable.release(), 2500)
    },
    limit: 15_000,
  },
}
const soon = { timeout: 15_000, interval: 20 }

const pidOf = async (db: PostgresDb) =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.query)).rows[0]?.pid

interface Trouble {
  /** Around the cable. */
  admin: TestDb
  cable: Cable
  /** Through the cable. */
  db: PostgresDb
}

const test = base.extend<{ trouble: Trouble }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it that nothing else is needed.
  trouble: async ({}, use) => {
    await using admin = await openTestDb({ empty: true })
    await sql`create table told (n int primary key)`.execute(admin.db.query)
    const cable = await Cable.lay(admin.url)
    const db = openPostgres({ url: cable.url, pool: 3 })
    await use({ admin, cable, db })
    await db[Symbol.asyncDispose]()
    await cable.cut()
  },
})

const write = (db: PostgresDb, n: number) =>
  sql`insert into told select ${n} from pg_sleep(0.05)`.execute(db.query)
const transact = (db: PostgresDb, n: number) =>
  db.tx(async (tx) => {
    await sql`select pg_sleep(0.02)`.execute(tx)
    await sql`insert into told values (${n})`.execute(tx)
  })
const read = (db: PostgresDb, n: number) =>
  sql<{ n: number }>`select ${n}::int as n from pg_sleep(0.01)`.execute(db.query)

// Each waits for limits of real time on a database of its own, so they wait together.
describe.concurrent('a connection in trouble', () => {
  test.for(Object.entries(faults))(
    '%s: all is settled, and nothing is acknowledged that was not done',
    async ([, fault], { trouble: { admin, cable, db } }) => {
      await Promise.all([write(db, -1), transact(db, -2), read(db, -3)])
      const acknowledged: number[] = []
      const wrong: unknown[] = []
      const refused: unknown[] = []
      const begun = Array.from({ length: 60 }, async (__, n) => {
        try {
          if (n % 3 === 2) {
            const { rows } = await read(db, n)
            if (rows[0]?.n !== n) wrong.push(rows)
          } else {
            await (n % 3 === 0 ? write(db, n) : transact(db, n))
            acknowledged.push(n)
          }
        } catch (error) {
          refused.push((error as { code?: unknown }).code)
        }
      })
      setTimeout(() => fault.strike(cable), 60)
      const late = new Promise((_resolve, reject) =>
        setTimeout(reject, fault.limit, new Error('it hangs')).unref(),
      )
      await Promise.race([Promise.all(begun), late])
      expect(wrong).toEqual([])
      expect(refused.filter((code) => code !== 'unavailable')).toEqual([])
      // Every one of the pool, and the readers, is well again.
      await vi.waitFor(() => Promise.all(Array.from({ length: 12 }, (__, n) => read(db, n))), soon)
      await vi.waitFor(
        () => Promise.all([101, 102, 103].map((n) => transact(db, n).catch(() => read(db, n)))),
        soon,
      )
      const { rows } = await sql<{ n: number }>`select n from told`.execute(admin.db.query)
      const stored = new Set(rows.map(({ n }) => n))
      expect(acknowledged.filter((n) => !stored.has(n))).toEqual([])
    },
  )

  test('a slow statement is not taken for a lost one', async ({ trouble: { db } }) => {
    const { rows } = await sql<{ ok: number }>`select 1 as ok from pg_sleep(8)`.execute(db.query)
    expect(rows).toEqual([{ ok: 1 }])
  }, 30_000)

  test('one that nobody uses is found out before anybody does', async ({ trouble: { admin, cable, db } }) => {
    const pid = await pidOf(db)
    cable.swallowAnswers()
    const isThere = sql`select from pg_stat_activity where pid = ${pid}`
    await vi.waitFor(async () => expect((await isThere.execute(admin.db.query)).rows).toEqual([]), soon)
    await read(db, 2)
  }, 30_000)

  test('one that listens is made anew until it hears, and tells of the gap', async ({
    trouble: { admin, cable, db },
  }) => {
    const heard: string[] = []
    const gap = vi.fn()
    await db.listen('news', (text) => heard.push(text), gap)
    cable.swallowAnswers()
    await vi.waitFor(() => expect(gap).toHaveBeenCalledTimes(1), soon)
    await sql`select pg_notify('news', 'again')`.execute(admin.db.query)
    await vi.waitFor(() => expect(heard).toEqual(['again']), soon)
  }, 30_000)

  test('a primary that takes no writes any more is left for the next', async ({ trouble: { db } }) => {
    const before = await pidOf(db)
    const refused = sql`do $$ begin raise read_only_sql_transaction; end $$`.execute(db.query)
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' })
    expect(await pidOf(db)).not.toBe(before)
  })
})
