/** Where Redis is. */
export type RedisAddress = { username?: string; password?: string; tls: boolean } & (
  | { kind: 'single'; host: string; port: number; db: number }
  | { kind: 'sentinel'; sentinels: Node[]; name: string; db: number }
  | { kind: 'cluster'; nodes: Node[] }
)
interface Node {
  host: string
  port: number
}

/**
 * Reads `redis://host:6379/0`, `redis+sentinel://host:26379,host:26379/name/0`, `redis+cluster://host:7001,host:7002`, each with
 * `user:password@` before the hosts and `rediss` in place of `redis` for TLS. Undefined for anything else.
 */
export function redisAddress(url: string): RedisAddress | undefined {
  const [, secure, kind = 'single', credentials, hosts = '', path = ''] =
    /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^/]+)(?:\/(.*))?$/.exec(url) ?? []
  const nodes = hosts.split(',').map((host) => nodeOf(host, kind === 'sentinel' ? 26379 : 6379))
  const [first] = nodes
  if (!first || nodes.includes(undefined)) return undefined
  const [username, password] = (credentials ?? '').split(':').map(decodeURIComponent)
  const access = {
    ...(username && { username }),
    ...(password && { password }),
    tls: secure === 's',
  }
  const parts = path.split('/').filter(Boolean)
  const [name, number] = kind === 'sentinel' ? parts : [undefined, ...parts]
  const db = Number(number ?? 0)
  if (!Number.isInteger(db) || db < 0 || (number !== undefined && kind === 'cluster')) return undefined
  if (kind === 'cluster') return { ...access, kind, nodes: nodes as Node[] }
  if (kind === 'sentinel') return name ? { ...access, kind, sentinels: nodes as Node[], name, db } : undefined
  return nodes.length === 1 ? { ...access, kind: 'single', ...first, db } : undefined
}

function nodeOf(text: string, usual: number): Node | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  return host ? { host, port: Number(port ?? usual) } : undefined
}
