import type { Sql } from 'postgres'

interface Definition {
  drop: string
  create: string
}

/** Takes the keys and indexes of tables away, so that they are filled several times as fast; `restore` makes them again. */
export async function withoutIndexes(
  sql: Sql,
  tables: readonly string[],
): Promise<{ restore(only?: readonly string[]): Promise<void> }> {
  const found = await sql<(Definition & { table: string })[]>`
    select c.conrelid::regclass::text as table, format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
      format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as create
    from pg_constraint c where c.conrelid = any(${tables}::regclass[]) and c.contype in ('p', 'u')
    union all
    select i.indrelid::regclass::text, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    from pg_index i where i.indrelid = any(${tables}::regclass[])
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`
  for (const { drop } of found) await sql.unsafe(drop)
  const waiting = new Set(found)
  return {
    async restore(only) {
      for (const definition of waiting) {
        if (only && !only.includes(definition.table)) continue
        await sql.unsafe(definition.create.replace(/ ON ONLY /, ' ON '))
        waiting.delete(definition)
      }
    },
  }
}
