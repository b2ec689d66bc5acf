import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, rename, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { explain } from './failure.ts'

export interface Launch {
  binaries: Binaries
  cluster: string
  account: Account | undefined
  /** `.` is the cluster itself. */
  socketDir: string
  logFile: string
  /** False: nothing is forced to disk. Survives a kill of any process, not a loss of power. */
  durable: boolean
  /** Settings of a server that replays a log first, for as long as that takes. */
  recovery?: Record<string, string> | undefined
}

/** Milliseconds that a server has to take connections; replaying days of log takes its time. */
const READY_MS = 120_000
const RECOVERY_MS = 24 * 3_600_000

/** Starts the server process and resolves when it takes connections. Throws StartFailure. */
export async function launch(options: Launch): Promise<ChildProcess> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const { child, said } = await launchOnce(options)
    if (said === undefined) return child
    // Sessions of a server that was killed end on their own; while one is still at work a second server must not touch the files.
    if (!/shared memory block .* still in use/.test(said) || Date.now() > deadline)
      throw explain(said, options.cluster, options.logFile)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function launchOnce(options: Launch): Promise<{ child: ChildProcess; said: string | undefined }> {
  const { logFile, cluster } = options
  await turnLog(logFile)
  const before = (await stat(logFile).catch(() => undefined))?.size ?? 0
  const child = spawnServer(options)
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const deadline = Date.now() + (options.recovery ? RECOVERY_MS : READY_MS)
  while (Date.now() < deadline) {
    if (failure) throw new StartFailure(`PostgreSQL could not be started: ${failure.message}.`, failure)
    if (hasEnded(child)) return { child, said: (await readFile(logFile)).subarray(before).toString() }
    if (await isReady(child, cluster)) return { child, said: undefined }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new StartFailure(`PostgreSQL did not become ready in time; see ${logFile}.`)
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** PostgreSQL writes its state into line 8 of its lock file; pg_ctl waits by the same. */
async function isReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready'
}

/** One file, and the one before once it has grown past 1 MB. */
async function turnLog(file: string): Promise<void> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0
  if (size > 1_000_000) await rename(file, `${file}.1`)
}

function spawnServer(options: Launch): ChildProcess {
  const { binaries, cluster, account, socketDir, logFile, durable, recovery } = options
  const log = openSync(logFile, 'a', 0o600)
  const settings = {
    ...serverSettings(),
    unix_socket_directories: socketDir,
    ...(durable ? {} : careless),
    ...recovery,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    return spawn(binaries.postgres, ['-D', cluster, ...flags], {
      // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop PostgreSQL when its users are done.
      detached: true,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      ...account?.ids,
    })
  } finally {
    closeSync(log)
  }
}

/**
 * For a machine that does other things too. `synchronous_commit` and `fsync` stay on: what was acknowledged is on disk.
 * No parallel plans: requests are many and small, and two cores are better spent on two of them.
 */
function serverSettings(): Record<string, string | number> {
  const megabytes = totalmem() / 2 ** 20
  return {
    listen_addresses: '',
    port: 5432,
    max_connections: 200,
    shared_buffers: `${Math.round(Math.min(1024, Math.max(64, megabytes / 32)))}MB`,
    effective_cache_size: `${Math.round(megabytes / 2)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: 1.1,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    // Fewer checkpoints, fewer full pages in the log; 1 GB of log is replayed in seconds after a crash.
    checkpoint_timeout: '15min',
    max_wal_size: '1GB',
    // Of log that waits to be taken away (see backup/archiver.ts): a backup that stands still does not fill the disk.
    max_slot_wal_keep_size: '4GB',
    // The event log and counters change rows all the time.
    autovacuum_naptime: '15s',
    // Failed statements reach their caller, who tells; here only what concerns the server.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
}

const careless = { fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' }
