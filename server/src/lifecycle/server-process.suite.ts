import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

export interface Server {
  child: ChildProcess
  said: { out: string; err: string }
  /** Exit code. */
  ended: Promise<number | null>
}

interface LaunchOptions {
  program?: string
  /** A descriptor to write to instead of being listened to. */
  stdout?: number
}

/** Servers as processes of their own, on a data directory that each test has for itself; what a test leaves is ended. */
export function serverProcesses() {
  let dir = ''
  let processes: ChildProcess[] = []
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tintype-life-'))
    await chmod(dir, 0o711)
    processes = []
  })
  afterEach(async () => {
    for (const child of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    buryPostgres(dir)
    await rm(dir, { recursive: true, force: true })
  })

  const launch = (env: Record<string, string> = {}, options: LaunchOptions = {}): Server => {
    const { program = join(import.meta.dirname, 'server-under-test.ts'), stdout = 'pipe' } = options
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: '/usr/bin:/bin',
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: join(dir, 'data'),
        ROOT: dir,
        ...env,
      },
      stdio: ['ignore', stdout, 'pipe'],
    })
    processes.push(child)
    return { child, ...listenTo(child) }
  }
  return {
    launch,
    get dir() {
      return dir
    },
    get dataDir() {
      return join(dir, 'data')
    },
    /** Starts and waits until it serves; answers its URL. */
    async start(
      env: Record<string, string> = {},
      options: LaunchOptions = {},
    ): Promise<Server & { url: string }> {
      const server = launch(env, options)
      return { ...server, url: await urlOf(server) }
    },
  }
}

export async function stop(server: Server, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  server.child.kill(signal)
  return await server.ended
}

export const get = async (url: string, path: string) => (await fetch(url + path)).text()

function listenTo(child: ChildProcess): Pick<Server, 'said' | 'ended'> {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    said.err += chunk
  })
  return { said, ended: once(child, 'close').then(([code]) => code) }
}

const urlOf = ({ said }: Server): Promise<string> =>
  vi.waitFor(
    () => {
      const found = /running on (http:\S+)/.exec(said.out)?.[1]
      if (!found || !said.out.includes('Ctrl-C')) throw new Error(`not up: ${JSON.stringify(said)}`)
      return found
    },
    { timeout: 40_000, interval: 5 },
  )

/** Of a server that a failed test left. */
function buryPostgres(dir: string): void {
  const file = join(dir, 'data/postgres/postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {}
}
