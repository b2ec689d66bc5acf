import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { endsWithBench } from './ending.ts'
import { type Usage, usageOf } from './process-tree.ts'

/** A server in a process of its own. */
export interface Server extends AsyncDisposable {
  name: string
  host: string
  port: number
  pid: number
  usage(): Usage
}

const root = join(import.meta.dirname, '../../..')
const host = '127.0.0.1'

export interface StartOptions {
  dataDir: string
  /** Where its code is; here unless told otherwise. */
  checkout?: string
  env?: Record<string, string>
  /** For Node, such as `--cpu-prof`. */
  nodeArgs?: string[]
}

/** Tintype as whoever installs it starts it, with limits off and nothing logged but warnings. Resolves when it is ready. */
export async function startTintype({
  dataDir,
  checkout = root,
  env = {},
  nodeArgs = [],
}: StartOptions): Promise<Server> {
  const port = await freePort()
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const log = openSync(join(dataDir, 'bench-server.log'), 'w')
  const child = spawn(process.execPath, [...nodeArgs, ...(await startArgs(checkout))], {
    cwd: checkout,
    stdio: ['ignore', log, log],
    // In a group of its own: Ctrl-C is for the benchmark, which then asks the server to end.
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      HOST: host,
      PORT: String(port),
      LIVE_RTMP_PORT: '0',
      RATE_LIMIT_MULTIPLIER: '0',
      LOG_LEVEL: 'warn',
      WEB_DIR: await emptyWebApp(dataDir),
      ...env,
    },
  })
  closeSync(log)
  const server = serverOf('Tintype', child, port, join(dataDir, 'bench-server.log'))
  await untilReady(child, `http://${host}:${port}/ready`)
  return server
}

/** What `npm start` gives to node. */
async function startArgs(checkout: string): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'))
  return String(scripts.start)
    .replace(/^exec /, '')
    .split(' ')
    .slice(1)
}

/** `log`: where what it had to say stands, should it end before it is asked to. */
export function serverOf(name: string, child: ChildProcess, port: number, log = ''): Server {
  const pid = child.pid ?? 0
  const handleExit = (code: number | null, signal: string | null) =>
    console.error(`${name} ended unasked (${signal ?? code}); see ${log}`)
  child.once('exit', handleExit)
  const hasEnded = once(child, 'exit')
  let isAsked = false
  const end = async () => {
    child.off('exit', handleExit)
    if (!isAsked) child.kill('SIGTERM')
    isAsked = true
    await hasEnded
  }
  const forget = endsWithBench(end)
  child.once('exit', forget)
  return {
    name,
    host,
    port,
    pid,
    usage: () => usageOf(pid),
    [Symbol.asyncDispose]: end,
  }
}

/** What signs the sessions of a data directory. */
export const secretOf = async (dataDir: string): Promise<string> =>
  (await readFile(join(dataDir, 'secret'), 'utf8')).trim()

/** The pages themselves are not measured, so nothing is built for them. */
async function emptyWebApp(dataDir: string): Promise<string> {
  const dir = join(dataDir, 'no-web')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Tintype</title>\n')
  return dir
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const isReady = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
    await pause(50)
  }
  child.kill('SIGKILL')
  throw new Error('the server did not become ready within a minute')
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
