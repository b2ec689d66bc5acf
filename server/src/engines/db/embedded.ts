import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { chown, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { StartFailure } from '../../kit/start-failure.ts'
import { type Account, chooseAccount } from './embedded-account.ts'
import { type Binaries, findBinaries } from './embedded-binaries.ts'
import { createCluster, passwordOf } from './embedded-cluster.ts'
import { explain } from './embedded-failure.ts'
import { clearLeftover, socketFile, stopProcess } from './embedded-leftover.ts'
import { existingCluster, placeCluster, sharedRoot } from './embedded-place.ts'
import { connectionOptions } from './url.ts'

export interface EmbeddedOptions {
  /** The data directory; the cluster is its `postgres`. The caller holds its lock. */
  dir: string
  /** False for tests: nothing is forced to disk. */
  durable?: boolean
}

export interface EmbeddedPostgres {
  /** Of the database `tintype`, with all rights. */
  url: string
  /** Where the cluster lies, links resolved. */
  cluster: string
  logFile: string
  pid: number
  /** Resolves when the process ends, asked to or not. */
  ended: Promise<void>
  /** Ends it in order: sessions are cut, everything is written. */
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL server of our own, reachable through a Unix socket that this user alone (and root) can enter. Makes the
 * cluster on the first start. Throws StartFailure.
 */
export async function startEmbedded({ dir, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = await chooseAccount(await existingCluster(dir))
  const [binaries, cluster] = await Promise.all([
    findBinaries(account, sharedRoot),
    placeCluster(dir, account),
  ])
  await checkCluster(cluster, binaries)
  if (existsSync(join(cluster, 'PG_VERSION'))) await clearLeftover(cluster)
  else await createCluster({ cluster, binaries, account, durable })
  const socketDir = await chooseSocketDir(cluster, account)
  const logFile = await openLog(dir)
  const child = launch({ binaries, cluster, account, socketDir, logFile, durable })
  const ended = once(child, 'exit').then(
    () => {},
    () => {},
  )
  await untilReady(child, cluster, logFile)
  const host = socketDir === '.' ? cluster : socketDir
  const url = `postgres://tintype:${await passwordOf(cluster)}@localhost/tintype?host=${encodeURIComponent(host)}`
  await ensureDatabase(url)
  const pid = child.pid ?? 0
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null)
      await stopProcess(pid, () => child.exitCode === null && child.signalCode === null)
    if (socketDir !== '.') await rm(socketDir, { recursive: true, force: true })
  }
  return { url, cluster, logFile, pid, ended, stop }
}

async function checkCluster(cluster: string, binaries: Binaries): Promise<void> {
  try {
    const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
    if (found !== binaries.major)
      throw new StartFailure(
        `The database in ${cluster} is of PostgreSQL ${found}, but this Tintype brings PostgreSQL ${binaries.major}; start the Tintype that made it.`,
      )
  } catch (error) {
    if (error instanceof StartFailure) throw error
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      throw new StartFailure(
        `The database in ${cluster} belongs to another user; start Tintype as that user.`,
        error,
      )
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** In the cluster itself, which PostgreSQL keeps private, unless the path is longer than a socket's may be (103 bytes on macOS). */
async function chooseSocketDir(cluster: string, account: Account | undefined): Promise<string> {
  if (Buffer.byteLength(join(cluster, socketFile)) <= 103) return '.'
  const dir = await mkdtemp('/tmp/tintype-')
  if (account) await chown(dir, account.ids.uid, account.ids.gid)
  return dir
}

/** One file, and the one before once it has grown past 1 MB. */
async function openLog(dir: string): Promise<string> {
  const file = join(dir, 'postgres.log')
  const size = (await stat(file).catch(() => undefined))?.size ?? 0
  if (size > 1_000_000) await rename(file, `${file}.1`)
  return file
}

interface Launch {
  binaries: Binaries
  cluster: string
  account: Account | undefined
  socketDir: string
  logFile: string
  durable: boolean
}

function launch({ binaries, cluster, account, socketDir, logFile, durable }: Launch): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  const settings = { ...serverSettings(), unix_socket_directories: socketDir, ...(durable ? {} : careless) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(binaries.postgres, ['-D', cluster, ...flags], {
    // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop PostgreSQL when its users are done.
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    ...account?.ids,
  })
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
    // The event log and counters change rows all the time.
    autovacuum_naptime: '15s',
    // Failed statements reach their caller, who tells; here only what concerns the server.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
}

/** Survives a kill of any process, not a loss of power. */
const careless = { fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' }

/** PostgreSQL writes its state into line 8 of its lock file; pg_ctl waits by the same. */
async function untilReady(child: ChildProcess, cluster: string, logFile: string): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const before = (await stat(logFile)).size
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (failure) throw new StartFailure(`PostgreSQL could not be started: ${failure.message}.`, failure)
    if (child.exitCode !== null || child.signalCode !== null)
      throw explain((await readFile(logFile)).subarray(before).toString(), cluster, logFile)
    const status = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[7]
    if (status?.trim() === 'ready') return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new StartFailure(`PostgreSQL did not become ready within two minutes; see ${logFile}.`)
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres({ ...connectionOptions(url), database: 'postgres', max: 1, fetch_types: false })
  try {
    const found = await sql`select 1 from pg_database where datname = 'tintype'`
    if (found.length === 0) await sql`create database tintype`
  } finally {
    await sql.end()
  }
}
