import postgres, { type Options, type Sql } from 'postgres'

export type { Sql }

/**
 * A client for tests and measurements, of another make than the server's own (docs/decisions/0009-driver.md): what one has written is
 * read with the other. Understands libpq's `?host=/directory` for Unix sockets.
 */
export function openSql(url: string, options: Options<Record<string, never>> = {}): Sql {
  const parsed = new URL(url)
  const socketDir = parsed.searchParams.get('host')
  const port = Number(parsed.port) || 5432
  return postgres({
    host: parsed.hostname || 'localhost',
    port,
    database: decodeURIComponent(parsed.pathname.slice(1)),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    ...(socketDir ? { path: `${socketDir}/.s.PGSQL.${port}` } : {}),
    onnotice: () => {},
    ...options,
  })
}

/** Every row of every table, as text: what somebody has who reads the database. */
export async function everythingIn(url: string): Promise<string> {
  const sql = openSql(url, { max: 1 })
  try {
    const tables = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`
    const rows: string[] = []
    for (const { name } of tables)
      for (const { row } of await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`)
        rows.push(row)
    return rows.join('\n')
  } finally {
    await sql.end()
  }
}
