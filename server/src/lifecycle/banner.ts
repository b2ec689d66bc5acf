import type { Config } from '../config.ts'

export interface Started {
  config: Config
  url: string | undefined
  /** The cluster of the embedded PostgreSQL; undefined where DATABASE_URL names another. */
  cluster: string | undefined
  isSetUp: boolean
}

/** What runs, and where, for the person at the terminal. */
export function banner({ config, url, cluster, isSetUp }: Started): string {
  const lines = [
    url ? `Tintype is running on ${url}` : 'Tintype is running',
    '',
    `  runs      ${config.roles.join(', ')}`,
    `  database  ${cluster ? `embedded PostgreSQL in ${cluster}` : withoutPassword(config.databaseUrl)}`,
    `  files     ${config.dataDir}`,
  ]
  if (config.workers > 1) lines.splice(3, 0, `  processes ${config.workers} that serve, and one for the rest`)
  if (!isSetUp) lines.push('', `The first account becomes the owner: open ${url ?? 'Tintype'} and sign up.`)
  lines.push('', 'Ctrl-C stops it.')
  return lines.join('\n')
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  return url.href
}
