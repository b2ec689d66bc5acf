import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { passwordOf } from '@tintype/server/engines/db/embedded/cluster'
import { makeClusterSeed } from './cluster.ts'
import { endProcess } from './end-process.ts'

export interface ServerProcess {
  url: string
  /** What it has written so far. */
  said(): string
  /** SIGKILL; resolves when the process is gone. What it started may live on for a moment. */
  kill(): Promise<void>
}

const main = join(import.meta.dirname, '../../server/src/main.ts')

/** A data directory with an embedded PostgreSQL, and the real server as a process of its own on it, to be killed and started again. */
export class ServerHome implements AsyncDisposable {
  readonly dataDir: string
  readonly #dir: string
  #child: ChildProcess | undefined

  private constructor(dir: string) {
    this.#dir = dir
    this.dataDir = join(dir, 'data')
  }

  static async make(): Promise<ServerHome> {
    const home = new ServerHome(await mkdtemp(join(tmpdir(), 'tintype-home-')))
    // PostgreSQL runs as another user when the tests run as root; it may pass through, not look around.
    await chmod(home.#dir, 0o711)
    await using seed = await makeClusterSeed()
    await seed.plant(home.dataDir)
    for (const folder of ['web', 'tmp']) await mkdir(join(home.#dir, folder))
    await writeFile(join(home.#dir, 'web/index.html'), '<!doctype html><title>Tintype</title>')
    return home
  }

  /** Of the embedded PostgreSQL, while a server runs. */
  async databaseUrl(): Promise<string> {
    const cluster = join(this.dataDir, 'postgres')
    return `postgres://tintype:${await passwordOf(cluster)}@localhost/tintype?host=${encodeURIComponent(cluster)}`
  }

  /** Resolves once it serves; rejects with what it said where it ends instead. */
  async start(env: Record<string, string> = {}): Promise<ServerProcess> {
    const child = spawn(process.execPath, [main], {
      env: {
        PATH: '/usr/bin:/bin',
        HOST: '127.0.0.1',
        PORT: '0',
        LIVE_RTMP_PORT: '0',
        DATA_DIR: this.dataDir,
        WEB_DIR: join(this.#dir, 'web'),
        TMPDIR: join(this.#dir, 'tmp'),
        LOG_LEVEL: 'error',
        MEDIA_THREADS: '1',
        RATE_LIMIT_MULTIPLIER: '0',
        PICTURE_SCORES: 'off',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk
      })
    return { url: await serving(child), said: () => said, kill: () => endProcess(child, 'SIGKILL') }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await endProcess(this.#child, 'SIGKILL')
    buryPostgres(join(this.dataDir, 'postgres/postmaster.pid'))
    await rm(this.#dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

function serving(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  const listen = (chunk: Buffer) => {
    said += chunk
    const url = /running on (http:\S+)[\s\S]*Ctrl-C/.exec(said)?.[1]
    if (url) resolve(url)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  child.once('exit', () => reject(new Error(`The server ended: ${said}`)))
  return promise
}

/** It outlives a server that was killed, until the next start. */
function buryPostgres(pidFile: string): void {
  if (!existsSync(pidFile)) return
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT')
  } catch {
    // Gone already.
  }
}
