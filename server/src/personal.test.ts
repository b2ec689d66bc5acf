import { Type, type UserId } from '@tintype/contract'
import { startSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { serviceNames } from './config.ts'
import { rowsSection } from './modules/personal.ts'
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

test('a long list is told in pages, each once and in order, by ids and by texts', async () => {
  await using system = await startSystem()
  const { db } = system.engines
  const rows = sql`select n, md5(n::text) as text from generate_series(1, 2500) as n`
  for (const key of [sql`text::uuid`, sql`text`]) {
    const section = rowsSection(db, {
      file: 'numbers',
      about: 'Numbers',
      entry: { n: Type.Integer(), text: Type.String() },
      select: () => sql`select ${key} as key, n, text from (${rows}) as rows`,
    })
    const told: { n: number; text: string }[] = []
    let pages = 0
    for (let next: string | null = null, isMore = true; isMore; pages++) {
      const page = await section.page('' as UserId, next)
      told.push(...(page.entries as typeof told))
      next = page.next
      isMore = next !== null
    }
    expect(pages).toBe(3)
    expect(new Set(told.map(({ n }) => n)).size).toBe(2500)
    expect(told.map(({ text }) => text)).toEqual(told.map(({ text }) => text).toSorted())
  }
})

test('docs/privacy.md says what the modules say (write it anew: npx vitest run --project server server/src/personal.test.ts -u)', async () => {
  await using system = await startSystem()
  await expect(privacyPage(system.system.personal)).toMatchFileSnapshot('../../docs/privacy.md')
})
