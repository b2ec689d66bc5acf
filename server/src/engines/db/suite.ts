import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from './port.ts'

export function testDb(
  name: string,
  createStore: (options: { empty: boolean }) => Promise<{ url: string; dispose(): Promise<void> }>,
  open: (url: string) => Db,
): void {
  test(`${name} smoke`, async () => {
    const store = await createStore({ empty: true })
    const db = open(store.url)
    console.log(
      (
        await sql`select now(), 1::bigint as a, 2::numeric, '{"a":[1]}'::jsonb as j, array['a','b'] as t`.execute(
          db.query,
        )
      ).rows,
    )
    expect(await db.tx((tx) => sql<{ a: number }>`select 1 as a`.execute(tx).then((r) => r.rows))).toEqual([
      { a: 1 },
    ])
    await db[Symbol.asyncDispose]()
    await store.dispose()
  })
}
