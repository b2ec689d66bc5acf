import { startSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { serviceNames } from './config.ts'
import { privacyPage } from './privacy-page.suite.ts'

test('every table says what it keeps of people, and what is told of it is told', async () => {
  await using system = await startSystem()
  const personal = Object.values(system.system.personal)
  expect(personal).toHaveLength(serviceNames.length)
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(
    system.engines.db.query,
  )
  const declared = personal.flatMap(({ tables }) => Object.keys(tables))
  // Once each: a table has one owner.
  expect(declared.sort()).toEqual(rows.map(({ name }) => name))

  const files = personal.flatMap(({ sections }) => sections.map(({ file }) => file))
  expect(new Set(files).size).toBe(files.length)
  for (const [table, note] of personal.flatMap(({ tables }) => Object.entries(tables)))
    if ('told' in note)
      expect([table, [...files, 'files']]).toEqual([table, expect.arrayContaining([...note.told])])
})

test('docs/privacy.md says what the modules say (write it anew: npx vitest run --project server -u server/src/personal.test.ts)', async () => {
  await using system = await startSystem()
  await expect(privacyPage(system.system.personal)).toMatchFileSnapshot('../../docs/privacy.md')
})
