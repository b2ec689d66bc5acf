import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCassandra, type TestCassandra } from './cassandra.ts'
import { startEdge } from './edge.ts'
import { endProcess } from './end-process.ts'
import { startKafka, type TestKafka } from './kafka.ts'
import { startMinio } from './minio.ts'
import { startOpenSearch, type TestOpenSearch } from './opensearch.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { startReplica } from './replica.ts'

/** A whole community in many processes on real engines, on loopback, in folders that are gone afterwards. */
export interface Community extends AsyncDisposable {
  /** Where people come. */
  url: string
  /** Of HAProxy. */
  statsUrl: string
  engines: CommunityEngines
  processes: readonly CommunityProcess[]
  process(name: string): CommunityProcess
}

export interface CommunityEngines {
  redis: TestRedis
  kafka: TestKafka
  cassandra: TestCassandra
  openSearch: TestOpenSearch
  /** The settings of each process. */
  env: Record<string, string>
}

export interface CommunityOptions {
  /** Where people come; that of the edge's page and those of the processes follow on it. */
  port?: number
  /** Also the bucket of `minio`, which must be on the PATH; else files that all share. */
  bucket?: boolean
  /** Told what is done next. */
  onStep?: (what: string) => void
  /** Runs when the engines are there and migrated, before the processes are. */
  prepare?: (env: Record<string, string>) => Promise<void>
  env?: Record<string, string>
}

const root = join(import.meta.dirname, '../..')
const main = join(root, 'server/src/main.ts')

const parts = [
  { name: 'reader 1', env: { ROLES: 'api', SERVE: 'read' } },
  { name: 'reader 2', env: { ROLES: 'api', SERVE: 'read' } },
  { name: 'writer', env: { ROLES: 'api', SERVE: 'write' } },
  { name: 'realtime', env: { ROLES: 'realtime' } },
  { name: 'worker 1', env: { ROLES: 'worker' } },
  { name: 'worker 2', env: { ROLES: 'worker' } },
  { name: 'scheduler', env: { ROLES: 'scheduler' } },
] as const

export async function startCommunity(options: CommunityOptions = {}): Promise<Community> {
  const { onStep = () => {} } = options
  await using starting = new AsyncDisposableStack()
  // Below those that connections are given: a process that is killed and started again finds its own.
  const port = options.port ?? 10_000 + 10 * Math.floor(Math.random() * 2000)
  const statsPort = port + 1
  const url = `http://localhost:${port}`
  const engines = await startEngines(starting, options, url)
  onStep('tables, topic, keyspace')
  await ran(main, ['migrate'], engines.env)
  await options.prepare?.(engines.env)
  const processes = parts.map(
    ({ name, env }, index) => new CommunityProcess(name, port + 2 + index, { ...engines.env, ...env }),
  )
  starting.defer(async () => void (await Promise.all(processes.map((process) => process.stop()))))
  // Those that answer first, two at a time: a start is seconds of a processor.
  for (let from = 0; from < processes.length; from += 2) {
    const pair = processes.slice(from, from + 2)
    onStep(pair.map(({ name }) => name).join(', '))
    await Promise.all(pair.map((process) => process.start()))
  }
  onStep('the edge')
  const at = (begun: string) => processes.filter(({ name }) => name.startsWith(begun)).map((one) => one.port)
  const pools = { readers: at('reader'), writers: at('writer'), sockets: at('realtime') }
  starting.use(await startEdge({ port, statsPort, pools }))
  const started = starting.move()
  return {
    url,
    statsUrl: `http://127.0.0.1:${statsPort}/`,
    engines,
    processes,
    process(name) {
      const found = processes.find((one) => one.name === name)
      if (!found) throw new Error(`there is no process ${name}`)
      return found
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

async function startEngines(
  starting: AsyncDisposableStack,
  { bucket = false, onStep = () => {}, env = {} }: CommunityOptions,
  url: string,
): Promise<CommunityEngines> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-community-'))
  starting.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }))
  onStep('PostgreSQL and its replica, Redis Cluster')
  const database = starting.use(await startReplica())
  const redis = starting.use(await startRedis('cluster'))
  onStep('Kafka, Cassandra')
  const [kafka, cassandra] = await Promise.all([
    startKafka().then((one) => starting.use(one)),
    startCassandra().then((one) => starting.use(one)),
  ])
  onStep('OpenSearch')
  const openSearch = starting.use(await startOpenSearch())
  const settings = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    TRUST_PROXY: 'true',
    DATA_DIR: join(dir, 'data'),
    SECRET: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'error',
    MEDIA_THREADS: '1',
    // A live is held by one process that reads and writes.
    LIVE: 'false',
    DATABASE_URL: database.url,
    DATABASE_REPLICA_URLS: database.replicaUrl,
    REDIS_URL: redis.url,
    KAFKA_BROKERS: kafka.brokers,
    CASSANDRA_CONTACT_POINTS: cassandra.contactPoint,
    CASSANDRA_DATA_CENTER: cassandra.dataCenter,
    OPENSEARCH_URL: openSearch.url,
    ...(bucket ? await startBucket(starting) : {}),
    ...env,
  }
  return { redis, kafka, cassandra, openSearch, env: settings }
}

async function startBucket(starting: AsyncDisposableStack): Promise<Record<string, string>> {
  const minio = starting.use(await startMinio())
  return {
    S3_ENDPOINT: minio.url,
    S3_BUCKET: await minio.bucket(),
    S3_ACCESS_KEY_ID: minio.accessKeyId,
    S3_SECRET_ACCESS_KEY: minio.secretAccessKey,
  }
}

/** One of them, which can be killed and started again. */
export class CommunityProcess {
  readonly name: string
  readonly port: number
  readonly #env: Record<string, string>
  #child: ChildProcess | undefined
  #said = ''

  constructor(name: string, port: number, env: Record<string, string>) {
    this.name = name
    this.port = port
    this.#env = { ...env, PORT: String(port), HEALTH_PORT: String(port) }
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** What it has written lately. */
  get said(): string {
    return this.#said
  }

  /** Resolves when it is at work. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--max-semi-space-size=32', main], {
      cwd: root,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#said = ''
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said = `${this.#said}${chunk}`.slice(-20_000)
        if (this.#said.includes('Ctrl-C stops it.')) resolve()
      })
    child.once('exit', () => reject(new Error(`${this.name} ended: ${this.#said}`)))
    await promise
  }

  kill(): Promise<void> {
    return endProcess(this.#child, 'SIGKILL')
  }

  stop(): Promise<void> {
    return endProcess(this.#child, 'SIGTERM')
  }
}

/** A program of ours to its end. */
async function ran(program: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said}`)
}
