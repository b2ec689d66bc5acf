import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasEnded } from '@tintype/server/engines/db/embedded/process'
import { endProcess } from './end-process.ts'
import { freePorts } from './free-ports.ts'

/** A real OpenSearch of one node on loopback, in a folder of its own. */
export interface TestOpenSearch extends AsyncDisposable {
  /** As OPENSEARCH_URL takes it. */
  url: string
  /** Ends it at once; `start` begins again with what it had. */
  kill(): Promise<void>
  start(): Promise<void>
  /** It answers nobody, and its connections stay, until `thaw`. */
  freeze(): void
  thaw(): void
}

/** Its jars (see `testkit/opensearch/pom.xml`). */
export const openSearchJars =
  process.env.OPENSEARCH_JARS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tintype/engines/opensearch')

/** What `java` (a JDK's) is on the PATH for. */
export async function startOpenSearch(): Promise<TestOpenSearch> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-opensearch-'))
  const [http = 0, transport = 0] = await freePorts(2)
  await mkdir(join(dir, 'config'))
  await writeFile(join(dir, 'config/opensearch.yml'), yaml(http, transport))
  await writeFile(join(dir, 'config/log4j2.properties'), log4j)
  const url = `http://127.0.0.1:${http}`
  let node: ChildProcess | undefined
  const start = async () => {
    node = spawn('java', argumentsOf(dir), { stdio: 'ignore', cwd: dir })
    await answers(node, url)
  }
  const end = () => endProcess(node, 'SIGKILL')
  const openSearch: TestOpenSearch = {
    url,
    kill: end,
    start,
    freeze: () => node?.kill('SIGSTOP'),
    thaw: () => node?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await end()
      await rm(dir, { recursive: true, force: true })
    },
  }
  try {
    await start()
    return openSearch
  } catch (error) {
    await openSearch[Symbol.asyncDispose]()
    throw error
  }
}

/** All of a prefix, where there are any. */
export async function dropIndices({ nodes, prefix }: { nodes: string[]; prefix: string }): Promise<void> {
  const [node] = nodes
  if (node) await fetch(`${node.replace(/\/$/, '')}/${prefix}-search-*`, { method: 'DELETE' }).catch(() => {})
}

const argumentsOf = (dir: string): string[] => [
  ...['-Xms256m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  ...['-cp', `${openSearchJars}/*`, join(import.meta.dirname, '../opensearch/Node.java'), dir],
]

const yaml = (http: number, transport: number): string => `
cluster.name: tintype
node.name: one
network.host: 127.0.0.1
http.port: ${http}
transport.port: ${transport}
discovery.type: single-node
node.processors: 2
cluster.routing.allocation.disk.threshold_enabled: false
`

const log4j = `status = error
rootLogger.level = off
`

async function answers(node: ChildProcess, url: string): Promise<void> {
  while (!hasEnded(node)) {
    const reply = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=5s`).catch(
      () => undefined,
    )
    if (reply?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`OpenSearch ended with ${node.exitCode}; are its jars in ${openSearchJars}?`)
}
