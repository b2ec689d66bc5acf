import { once } from 'node:events'
import type { Sql } from 'postgres'

type Field = string | number | boolean | Date | null

/** Sends rows to a table by COPY, as fast as the database takes them and without holding them. Answers how many. */
export async function copyRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Field[]>,
): Promise<number> {
  const stream = await sql.unsafe(`copy ${table} (${columns.join(', ')}) from stdin`).writable()
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  let count = 0
  let chunk = ''
  for (const row of rows) {
    count++
    chunk += `${row.map(textOf).join('\t')}\n`
    if (chunk.length < 65_536) continue
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), failed])
    chunk = ''
  }
  stream.end(chunk)
  await Promise.race([once(stream, 'finish'), failed])
  return count
}

function textOf(field: Field): string {
  if (field === null) return '\\N'
  if (field instanceof Date) return field.toISOString()
  if (typeof field !== 'string') return String(field)
  return /[\\\t\n\r]/.test(field) ? field.replace(/[\\\t\n\r]/g, (char) => escapes[char] ?? char) : field
}
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
