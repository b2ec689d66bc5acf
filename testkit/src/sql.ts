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
