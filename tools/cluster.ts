import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cassandraJars } from '../testkit/src/cassandra.ts'
import { type Community, startCommunity } from '../testkit/src/community.ts'
import { kafkaJars } from '../testkit/src/kafka.ts'
import { openSearchJars } from '../testkit/src/opensearch.ts'

/**
 * `npm run cluster`: a community of many processes on the engines of a cluster, all on this machine, to look at. Nothing of it is kept. With
 * `--empty` nobody is there yet, instead of the demo community; PORT is where people come.
 */
const root = join(import.meta.dirname, '..')

// The terminal's Ctrl-C reaches a whole group at once; what is stopped in order is a group of its own, and ends also with this process.
if (process.send === undefined) await watch()
else await run()

async function watch(): Promise<void> {
  const child = spawn(process.execPath, [import.meta.filename, ...process.argv.slice(2)], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.connected && child.disconnect())
  const [code] = await once(child, 'exit')
  process.exitCode = code ?? 1
}

async function run(): Promise<void> {
  const stopping = new AbortController()
  process.on('disconnect', () => stopping.abort())
  const asked = once(process, 'disconnect')
  const missing = programsMissing()
  if (missing.length > 0) {
    console.error(['Not here:', ...missing].join('\n  '))
    process.exit(1)
  }
  try {
    const community = await startCommunity({
      port: Number(process.env.PORT ?? 8080),
      bucket: isHere('minio'),
      onStep: (what) => {
        stopping.signal.throwIfAborted()
        console.log(`  ${what} …`)
      },
      ...(process.argv.includes('--empty') ? {} : { prepare: fillDemo }),
    })
    tell(community)
    await asked
    console.log('Stopping.')
    await community[Symbol.asyncDispose]()
    process.exit(0)
  } catch (error) {
    if (!stopping.signal.aborted) console.error(error instanceof Error ? error.message : error)
    process.exit(stopping.signal.aborted ? 0 : 1)
  }
}

function isHere(program: string): boolean {
  return program.startsWith('/')
    ? existsSync(program)
    : !spawnSync(program, [program === 'haproxy' ? '-v' : '--version']).error
}

function programsMissing(): string[] {
  const wanted = [
    ['haproxy', 'apt-get install haproxy'],
    ['redis-server', 'apt-get install redis-server'],
    ['javac', 'apt-get install openjdk-17-jdk-headless'],
    ...[kafkaJars, cassandraJars, openSearchJars].map((jars) => [
      jars,
      'bash .ci/cluster fetches it, with maven',
    ]),
  ]
  return wanted.filter(([program = '']) => !isHere(program)).map(([program, how]) => `${program} (${how})`)
}

/** The demo fills in one process, on these engines; then the many serve it. */
async function fillDemo(env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'demo/src/main.ts')], {
    cwd: root,
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.stdout?.on('data', (chunk: Buffer) => {
    const text = String(chunk)
    for (const line of text.split('\n'))
      if (/^\s+\d+ of|Log in as|Filling/.test(line)) console.log(`  ${line.trim()}`)
    if (text.includes('Ctrl-C stops it.')) resolve()
  })
  child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  await promise
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

function tell({ url, statsUrl, processes, engines }: Community): void {
  const { redis, kafka, cassandra, openSearch } = engines
  console.log(`
Tintype is a cluster now: ${url}

  the edge    ${statsUrl} (HAProxy: who answers what)
  processes   ${processes.map(({ name, port, pid }) => `${name} (port ${port}, process ${pid})`).join('\n              ')}
  metrics     http://127.0.0.1:${processes[0]?.port}/metrics, and so of each; ${statsUrl}metrics of the edge
  ready       http://127.0.0.1:${processes[0]?.port}/ready says which engines answer
  database    ${engines.env.DATABASE_URL?.replace(/:[^:@/]*@/, '@')}, and a replica
  Redis       ${redis.url}
  Kafka       ${kafka.brokers}
  Cassandra   ${cassandra.contactPoint}
  OpenSearch  ${openSearch.url}
  pictures    ${engines.env.S3_ENDPOINT ?? `files in ${engines.env.DATA_DIR}`}

Kill a process by its number and see who notices. Ctrl-C stops it all, and nothing is kept.`)
}
