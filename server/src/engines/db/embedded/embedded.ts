import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'
import { withClient } from '../postgres/client.ts'
import { type Account, chooseAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { createCluster, passwordOf } from './cluster.ts'
import { clearLeftover, shortSocketDir, socketFile, stopProcess } from './leftover.ts'
import { existingCluster, placeCluster, sharedRoot } from './place.ts'
import { hasEnded, type Launch, launch } from './process.ts'

export interface EmbeddedOptions {
  /** The data directory; the cluster is its `postgres`. The caller holds its lock. */
  dir: string
  /** False for tests: nothing is forced to disk. */
  durable?: boolean
  /** Settings of a start that replays a log first. */
  recovery?: Record<string, string>
  /** Told when the server ended by itself and is started again. */
  onRestart?(): void
}

export interface EmbeddedPostgres {
  /** Of the database `tintype`, with all rights. */
  url: string
  /** Where the cluster lies, links resolved. */
  cluster: string
  logFile: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Resolves when it was stopped, or has ended by itself too often to be started again. */
  ended: Promise<void>
  /** Ends it in order: sessions are cut, everything is written. */
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL server of our own, reachable through a Unix socket that this user alone (and root) can enter. Makes the
 * cluster on the first start. Throws StartFailure.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dir, durable = true, recovery } = options
  const account = await chooseAccount(await existingCluster(dir))
  const [binaries, cluster] = await Promise.all([
    findBinaries(account, sharedRoot),
    placeCluster(dir, account),
  ])
  await checkCluster(cluster, binaries)
  if (existsSync(join(cluster, 'PG_VERSION'))) await clearLeftover(cluster)
  else await createCluster({ cluster, binaries, account, durable })
  const socketDir = await chooseSocketDir(cluster, account)
  const host = socketDir === '.' ? cluster : socketDir
  const url = `postgres://tintype:${await passwordOf(cluster)}@localhost/tintype?host=${encodeURIComponent(host)}`
  const logFile = join(dir, 'postgres.log')
  const launched = { binaries, cluster, account, socketDir, logFile, durable, recovery }
  const server = new Supervised(launched, await launch(launched), options.onRestart)
  await ensureDatabase(url)
  return Object.assign(server, { url, cluster, logFile })
}

/** Starts the process again when it ends unasked (killed for want of memory, say), at most three times in a minute. */
class Supervised {
  readonly ended: Promise<void>
  readonly #launch: Launch
  readonly #onRestart: (() => void) | undefined
  readonly #resolveEnded: () => void
  #child: ChildProcess
  #stopping = false
  #restarts: number[] = []
  #restarting: Promise<void> | undefined

  constructor(launch: Launch, child: ChildProcess, onRestart: (() => void) | undefined) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.ended = promise
    this.#resolveEnded = resolve
    this.#launch = launch
    this.#onRestart = onRestart
    this.#child = child
    this.#watch()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#restarting
    const child = this.#child
    if (!hasEnded(child)) await stopProcess(this.pid, () => !hasEnded(child))
    const { socketDir } = this.#launch
    if (socketDir !== '.') await rm(socketDir, { recursive: true, force: true })
    this.#resolveEnded()
  }

  #watch(): void {
    const handleExit = () => {
      if (!this.#stopping) this.#restarting = this.#restart()
    }
    if (hasEnded(this.#child)) handleExit()
    else this.#child.once('exit', handleExit)
  }

  async #restart(): Promise<void> {
    const now = performance.now()
    this.#restarts = [...this.#restarts.filter((at) => now - at < 60_000), now]
    if (this.#restarts.length > 3) return this.#resolveEnded()
    this.#onRestart?.()
    try {
      await clearLeftover(this.#launch.cluster, this.#launch.socketDir)
      this.#child = await launch(this.#launch)
      this.#watch()
    } catch {
      this.#resolveEnded()
    }
  }
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
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES')
      throw new StartFailure(
        `The database in ${cluster} belongs to another user; start Tintype as that user.`,
        error,
      )
    if (code !== 'ENOENT') throw error
  }
}

/** In the cluster itself, which PostgreSQL keeps private, unless the path is longer than a socket's may be (103 bytes on macOS). */
async function chooseSocketDir(cluster: string, account: Account | undefined): Promise<string> {
  if (Buffer.byteLength(join(cluster, socketFile)) <= 103) return '.'
  const dir = await mkdtemp(shortSocketDir)
  if (account) await chown(dir, account.ids.uid, account.ids.gid)
  return dir
}

async function ensureDatabase(url: string): Promise<void> {
  const system = new URL(url)
  system.pathname = '/postgres'
  await withClient(system.href, async (client) => {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'tintype'`)
    if (rowCount === 0) await client.query('create database tintype')
  })
}
