import type { ClientConfig } from 'pg'

/**
 * node-postgres settings of a `postgres://` URL, with libpq's `?host=/directory` for Unix sockets and its `sslmode`: up to `require` the
 * server's certificate is not looked at, as in libpq; `allow` and `prefer` take what `isEncryptionOptional` says.
 */
export function connectionOptions(url: string): ClientConfig {
  const parsed = new URL(url)
  const password = decodeURIComponent(parsed.password)
  const username = decodeURIComponent(parsed.username)
  const options: ClientConfig = {
    host: parsed.searchParams.get('host') || parsed.hostname || 'localhost',
    port: Number(parsed.port) || 5432,
    database: decodeURIComponent(parsed.pathname.slice(1)),
    ssl: sslOf(parsed.searchParams.get('sslmode')),
    keepAlive: true,
  }
  if (username) options.user = username
  if (password) options.password = password
  return options
}

/** Whether a server that speaks no TLS will do. */
export const isEncryptionOptional = (url: string): boolean =>
  ['allow', 'prefer'].includes(new URL(url).searchParams.get('sslmode') ?? '')

function sslOf(mode: string | null): ClientConfig['ssl'] {
  if (!mode || mode === 'disable') return false
  if (mode === 'verify-full') return true
  return mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : { rejectUnauthorized: false }
}
