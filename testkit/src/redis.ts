import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasEnded } from '@tintype/server/engines/db/embedded/process'
import { Redis } from 'ioredis'
import { endProcess } from './end-process.ts'

/** A real Redis on loopback, in a folder of its own. */
export interface TestRedis extends AsyncDisposable {
  /** As REDIS_URL takes it. */
  url: string
  ports: number[]
  /** Empties it. */
  flush(): Promise<void>
  /** Cuts all connections of clients. */
  cut(): Promise<void>
  /** Ends the node on this port at once. */
  kill(port: number): Promise<void>
  /** Begins again, empty. */
  start(port: number): Promise<void>
  /** It answers nobody, and its connections stay, until `thaw`. */
  freeze(port: number): void
  thaw(port: number): void
}

/** One process, or a cluster of three masters, each with a replica: what `redis-server` is on the PATH for. */
export async function startRedis(kind: 'single' | 'cluster' = 'single'): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-redis-'))
  const ports = await freePorts(kind === 'single' ? 1 : 6)
  const nodes = new Map(ports.map((port) => [port, startNode(port, dir, kind === 'cluster')]))
  const end = async () => {
    for (const node of nodes.values()) await endProcess(node, 'SIGTERM')
    await rm(dir, { recursive: true, force: true })
  }
  const each = async (work: (redis: Redis) => Promise<unknown>) => {
    for (const [port, node] of nodes) {
      if (hasEnded(node)) continue
      const redis = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: 50, retryStrategy: () => 50 })
      redis.on('error', () => {})
      await work(redis).catch((error: unknown) => {
        if (!/READONLY|Connection is closed/.test(String(error))) throw error
      })
      redis.disconnect()
    }
  }
  try {
    await each((redis) => redis.ping())
    if (kind === 'cluster') await formCluster(ports, each)
  } catch (error) {
    await end()
    throw error
  }
  const hosts = ports.map((port) => `127.0.0.1:${port}`)
  return {
    url: kind === 'single' ? `redis://${hosts[0]}` : `redis+cluster://${hosts.join(',')}`,
    ports,
    flush: () => each((redis) => redis.flushall()),
    cut: () =>
      each(async (redis) => {
        await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
        await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      }),
    async kill(port) {
      const node = nodes.get(port)
      if (node) await endProcess(node, 'SIGKILL')
    },
    async start(port) {
      nodes.set(port, startNode(port, dir, kind === 'cluster'))
      await each((redis) => redis.ping())
    },
    freeze: (port) => void nodes.get(port)?.kill('SIGSTOP'),
    thaw: (port) => void nodes.get(port)?.kill('SIGCONT'),
    [Symbol.asyncDispose]: end,
  }
}

function startNode(port: number, dir: string, isInCluster: boolean): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '']
  const ofCluster = ['--cluster-enabled', 'yes', '--cluster-config-file', `nodes-${port}.conf`]
  const timing = ['--cluster-node-timeout', '1000', '--repl-diskless-sync-delay', '0']
  return spawn('redis-server', [...settings, ...(isInCluster ? [...ofCluster, ...timing] : [])], {
    stdio: 'ignore',
  })
}

async function formCluster(
  ports: readonly number[],
  each: (work: (redis: Redis) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const hosts = ports.map((port) => `127.0.0.1:${port}`)
  const forming = spawn(
    'redis-cli',
    ['--cluster', 'create', ...hosts, '--cluster-replicas', '1', '--cluster-yes'],
    { stdio: 'ignore' },
  )
  const [code] = await once(forming, 'exit')
  if (code !== 0) throw new Error(`redis-cli --cluster create ended with ${code}`)
  await each(async (redis) => {
    while (!(await redis.cluster('INFO')).includes('cluster_state:ok'))
      await new Promise((resolve) => setTimeout(resolve, 50))
  })
}

/** Ports that nobody has, whose cluster ports (10 000 above) exist. */
async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    if (port < 55_000 && !ports.includes(port)) ports.push(port)
  }
  return ports
}
