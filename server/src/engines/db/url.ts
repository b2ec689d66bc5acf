import type { Options } from 'postgres'

type Connection = Options<Record<string, never>>

/**
 * postgres.js settings of a `postgres://` URL. Understands libpq's `?host=/directory` for Unix sockets, which postgres.js
 * does not; everything else in the query string is passed on.
 */
export function connectionOptions(url: string): Connection {
  const parsed = new URL(url)
  const socketDir = parsed.searchParams.get('host')
  const password = decodeURIComponent(parsed.password)
  const username = decodeURIComponent(parsed.username)
  const ssl = parsed.searchParams.get('sslmode')
  const options: Connection = {
    host: parsed.hostname || 'localhost',
    port: Number(parsed.port) || 5432,
    database: decodeURIComponent(parsed.pathname.slice(1)),
  }
  if (username) options.username = username
  if (password) options.password = password
  if (socketDir) options.path = `${socketDir}/.s.PGSQL.${options.port}`
  if (ssl && ssl !== 'disable') options.ssl = ssl as 'require'
  return options
}
