import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { basename, join } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'

/** PostgreSQL names its socket after a port; the directory is ours alone, so the number never clashes. */
export const socketFile = '.s.PGSQL.5432'

/** Where the socket is when the cluster's path is too long for one: a private directory whose name begins so. */
export const shortSocketDir = '/tmp/tintype-pg-'

/** Higher than any process number can be. */
const nobody = 2 ** 31 - 2

/**
 * Brings a cluster into the state of a clean start. A server of ours that was killed leaves its PostgreSQL running: it is
 * stopped rather than taken over, so that the new one has today's programs and settings and no session of the dead server
 * holds a lock. A lock file whose process is gone stays, for it leads PostgreSQL to shared memory that sessions of the dead one may still
 * use; but where the number belongs to some other process by now (the rule in containers), PostgreSQL would refuse to start,
 * so the number is replaced. The caller holds the data directory's lock: nobody else starts this cluster meanwhile.
 */
export async function clearLeftover(cluster: string, keepSocketDir = ''): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const socketDir = lines[4]?.startsWith(shortSocketDir) ? lines[4] : cluster
  if (pid > 0 && isPostmasterOf(pid, cluster)) await stopProcess(pid, () => isPostmasterOf(pid, cluster))
  else if (await answers(join(socketDir, socketFile)))
    throw new StartFailure(
      `Another PostgreSQL, perhaps in another container, is running on ${cluster}; stop it first.`,
    )
  else if (pid > 0) await writeFile(file, [nobody, ...lines.slice(1)].join('\n'))
  for (const name of [socketFile, `${socketFile}.lock`]) await rm(join(socketDir, name), { force: true })
  if (socketDir !== cluster && socketDir !== keepSocketDir)
    await rm(socketDir, { recursive: true, force: true })
}

/** Fast shutdown, and a hard one when that takes longer than half a minute (PostgreSQL then recovers from its log). */
export async function stopProcess(pid: number, isAlive: () => boolean): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {}
    const deadline = Date.now() + seconds * 1000
    while (Date.now() < deadline) {
      if (!isAlive()) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  throw new StartFailure(
    `The PostgreSQL of an earlier start (process ${pid}) does not stop; end it and start again.`,
  )
}

/** PostgreSQL works in its data directory and has it on its command line; a process that merely got its number does not. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux')
      return readlinkSync(`/proc/${pid}/cwd`) === cluster && basename(commandOf(pid)) === 'postgres'
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster)
  } catch {
    return false
  }
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? ''

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })
}
