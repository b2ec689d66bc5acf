import { Cable } from '@tintype/testkit/cable'
import { startReplica, type TestReplica } from '@tintype/testkit/replica'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PostgresDb } from '../port.ts'
import { openPostgres } from './db.ts'
import { positionOf } from './position.ts'

let pair: TestReplica
let way: Cable
let db: PostgresDb
beforeAll(async () => {
  pair = await startReplica()
  way = await Cable.lay(pair.replicaUrl)
  db = openPostgres({ url: pair.url, pool: 2, replicas: { urls: [way.url], mostLag: 2000 } })
  await sql`create table said (word text)`.execute(db.query)
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await way.cut()
  await pair[Symbol.asyncDispose]()
})
afterEach(async () => {
  await pair.resume().catch(() => {})
  await sql`delete from said`.execute(db.query)
})

const say = (word: string) => sql`insert into said values (${word})`.execute(db.query)
const heard = async (positions: (string | undefined)[] = []) =>
  db.lately({ key: 'ana', positions }, async () => {
    const { rows } = await sql<{ word: string }>`select word from said order by word`.execute(db.replica)
    return rows.map(({ word }) => word)
  })
const whoAnswers = (positions: (string | undefined)[] = []) =>
  db.lately({ key: 'ana', positions }, async () => {
    const { rows } = await sql<{ is: boolean }>`select pg_is_in_recovery() as is`.execute(db.replica)
    return rows[0]?.is ? 'replica' : 'primary'
  })
const eventually = (who: 'replica' | 'primary', position?: string) =>
  expect.poll(() => whoAnswers([position]), { timeout: 20_000, interval: 20 }).toBe(who)

describe('a replica', () => {
  test('answers whoever may be late, once it is known to be there; everybody else reads of the primary', async () => {
    await eventually('replica')
    expect(db.lags()).toEqual([expect.any(Number)])
    const { rows } = await sql<{ is: boolean }>`select pg_is_in_recovery() as is`.execute(db.replica)
    expect(rows).toEqual([{ is: false }])
    expect(
      await db.lately({ key: 'ana', positions: [] }, () =>
        db.tx(async (tx) => (await sql<{ is: boolean }>`select pg_is_in_recovery() as is`.execute(tx)).rows),
      ),
    ).toEqual([{ is: false }])
  })

  test('shows nobody less than they wrote, and others at most what is late', async () => {
    await say('one')
    await eventually('replica', await db.position())
    await pair.pause()
    await say('two')
    const position = await db.position()
    expect(await heard([position])).toEqual(['one', 'two'])
    expect(await heard(['0/1', position, undefined, 'nonsense'])).toEqual(['one', 'two'])
    expect(await heard()).toEqual(['one'])
    await pair.resume()
    await eventually('replica', position)
    expect(await heard([position])).toEqual(['one', 'two'])
  })

  test('is left out when it is later than may be, and taken again when it is not', async () => {
    await eventually('replica')
    await pair.pause()
    await say('late')
    await eventually('primary')
    expect(await heard()).toEqual(['late'])
    expect(db.lags()[0]).toBeGreaterThan(1.9)
    await pair.resume()
    await eventually('replica')
  })

  test('shows nothing older than what was raised, also where nobody knows what that is', async () => {
    await eventually('replica')
    await pair.pause()
    await say('withdrawn')
    db.raise(await db.position())
    expect(await whoAnswers()).toBe('primary')
    await pair.resume()
    await eventually('replica')
    await pair.pause()
    await say('withdrawn too')
    db.raise(undefined)
    expect(await heard()).toEqual(['withdrawn', 'withdrawn too'])
    // What is then known of the primary covers it.
    for (let n = 0; n < 20; n++) {
      expect(await heard()).toEqual(['withdrawn', 'withdrawn too'])
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })

  test('that answers nobody costs a moment, not an answer', async () => {
    await eventually('replica')
    way.hold()
    try {
      await say('still there')
      const began = performance.now()
      expect(await heard([])).toEqual(['still there'])
      expect(performance.now() - began).toBeLessThan(3000)
      await eventually('primary')
      expect(db.lags()).toEqual([undefined])
    } finally {
      way.release()
    }
    await eventually('replica')
  })
})

test.each([
  ['0/0', 0n],
  ['16/B374D848', 0x16b374d848n],
  ['FFFFFFFF/FFFFFFFF', 0xffffffffffffffffn],
  ['', undefined],
  [null, undefined],
  ['1/2/3', undefined],
  ['123456789/0', undefined],
  ["0/0' or 1", undefined],
])('%j is the position %s', (text, position) => {
  expect(positionOf(text)).toBe(position)
})
