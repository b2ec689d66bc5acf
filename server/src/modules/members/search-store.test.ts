import type { UserId } from '@tintype/contract'
import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { nameTerms, wantedOf } from '../../text/names.ts'
import { matching, replaceTerms } from './search-store.ts'

it.each(['jo', 'jorg ang', '田中', 'jean luc m'])('%j reads one range of the index', async (q) => {
  await using testDb = await openTestDb()
  const { query } = testDb.db
  const [first, ...others] = wantedOf(q)
  if (!first) throw new Error('nothing is wanted')
  const statement = matching([first, ...others], { after: undefined, limit: 20 })
  const plan = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(query)
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toContain('name_terms_pkey')
  expect(text).not.toContain('Seq Scan')
})

it('leaves none of the words a member was under before, however those were cut', async () => {
  await using testDb = await openTestDb()
  const { db } = testDb
  const id = newId<UserId>()
  await db.tx((tx) => replaceTerms(tx, id, 'jorg', ['jorg', 'of', 'another', 'cut']))
  await db.tx((tx) => replaceTerms(tx, id, 'jorg', nameTerms('georg', 'Georg A.')))
  const { rows } = await sql<{ term: string }>`select term from name_terms order by term`.execute(db.query)
  expect(rows.map(({ term }) => term)).toEqual(['a', 'georg'])
})
