import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { explain } from './failure.ts'

const passwordFile = 'tintype-password'

export const passwordOf = async (cluster: string): Promise<string> =>
  (await readFile(join(cluster, passwordFile), 'utf8')).trim()

/**
 * Makes an empty cluster, whole or not at all (a start that is cut short is simply begun again).
 *
 * Text is sorted and lower-cased by PostgreSQL's own `builtin` C.UTF-8: by code point, as fast as bytes, with Unicode's letters, and the
 * same on every machine for ever. The system's or ICU's rules change with their versions and silently break indexes.
 */
export async function createCluster(options: {
  cluster: string
  binaries: Binaries
  account: Account | undefined
  durable: boolean
}): Promise<void> {
  const { cluster, binaries, account, durable } = options
  const staging = `${cluster}.new`
  await rm(staging, { recursive: true, force: true })
  try {
    await mkdir(staging, { mode: 0o700 })
    const made = join(staging, 'cluster')
    const password = join(staging, 'password')
    await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
    if (account) for (const path of [staging, password]) await chown(path, account.ids.uid, account.ids.gid)
    await runInitdb(binaries.initdb, account, initdbFlags(made, password, durable))
    await rename(password, join(made, passwordFile))
    await rename(made, cluster)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

const initdbFlags = (dir: string, password: string, durable: boolean): string[] => [
  `--pgdata=${dir}`,
  `--pwfile=${password}`,
  '--username=tintype',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  // Stretching is for passwords that people think up; ours has 192 bits, and every connection would pay.
  '--set=scram_iterations=1',
  ...(durable ? [] : ['--no-sync']),
]

async function runInitdb(initdb: string, account: Account | undefined, flags: string[]): Promise<void> {
  const child = spawn(initdb, flags, {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C reaches us alone.
    detached: true,
    ...account?.ids,
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  if (code !== 0) throw explain(said, flags[0]?.split('=')[1] ?? '')
}
