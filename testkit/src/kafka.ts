import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Admin } from '@platformatic/kafka'
import { hasEnded } from '@tintype/server/engines/db/embedded/process'
import { endProcess } from './end-process.ts'
import { freePorts } from './free-ports.ts'

/** Real brokers on loopback, in a folder of their own. */
export interface TestKafka extends AsyncDisposable {
  /** As KAFKA_BROKERS takes it. */
  brokers: string
  /** Ends a broker at once; `start` begins again with what it had. */
  kill(index?: number): Promise<void>
  start(index?: number): Promise<void>
  /** It answers nobody, and its connections stay, until `thaw`. */
  freeze(index?: number): void
  thaw(index?: number): void
}

/** Its jars (see `testkit/kafka/pom.xml`). */
export const kafkaJars =
  process.env.KAFKA_JARS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tintype/engines/kafka')

/** One broker, or several that keep copies of each other: what `java` is on the PATH for. */
export async function startKafka(count: 1 | 3 = 1): Promise<TestKafka> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-kafka-'))
  const ports = await freePorts(2 * count)
  const clients = ports.slice(0, count)
  const controllers = ports.slice(count)
  await writeFile(join(dir, 'log4j2.xml'), log4j)
  const brokers = await Promise.all(
    clients.map(async (client, index) => {
      const home = join(dir, String(index))
      await mkdir(home)
      await writeFile(join(home, 'server.properties'), properties(home, index, client, controllers))
      return new Broker(dir, home, client)
    }),
  )
  const voters = controllers.map((port, index) => `${index}@127.0.0.1:${port}:${DIRECTORY_IDS[index]}`)
  const kafka: TestKafka = {
    brokers: clients.map((port) => `127.0.0.1:${port}`).join(','),
    kill: async (index = 0) => brokers[index]?.end(),
    start: async (index = 0) => brokers[index]?.start(),
    freeze: (index = 0) => brokers[index]?.signal('SIGSTOP'),
    thaw: (index = 0) => brokers[index]?.signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await Promise.all(brokers.map((broker) => broker.end()))
      await rm(dir, { recursive: true, force: true })
    },
  }
  try {
    await Promise.all(brokers.map((broker) => broker.format(voters.join(','))))
    await Promise.all(brokers.map((broker) => broker.start()))
    return kafka
  } catch (error) {
    await kafka[Symbol.asyncDispose]()
    throw error
  }
}

/** Where there is one. */
export async function dropTopic({ brokers, topic }: { brokers: string[]; topic: string }): Promise<void> {
  if (brokers.length === 0) return
  const admin = new Admin({ clientId: 'tests', bootstrapBrokers: brokers })
  await admin.deleteTopics({ topics: [topic] })
  await admin.close()
}

const CLUSTER_ID = 'dGludHlwZS1mb3ItdGVzdA'
const DIRECTORY_IDS = ['dGVzdC1kaXJlY3RvcnktMA', 'dGVzdC1kaXJlY3RvcnktMQ', 'dGVzdC1kaXJlY3RvcnktMg']

class Broker {
  readonly #dir: string
  readonly #home: string
  readonly #port: number
  #node: ChildProcess | undefined

  constructor(dir: string, home: string, port: number) {
    this.#dir = dir
    this.#home = home
    this.#port = port
  }

  /** Makes its folder known to the controllers. */
  async format(voters: string): Promise<void> {
    const config = join(this.#home, 'server.properties')
    const formatting = this.#java('kafka.tools.StorageTool', [
      ...['format', '-t', CLUSTER_ID, '-c', config, '--initial-controllers', voters],
    ])
    const [code] = await once(formatting, 'exit')
    if (code !== 0) throw new Error(`Kafka could not be set up (${code}); are its jars in ${kafkaJars}?`)
  }

  async start(): Promise<void> {
    const node = this.#java('kafka.Kafka', [join(this.#home, 'server.properties')])
    this.#node = node
    while (!hasEnded(node)) {
      if (await listens(this.#port)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`Kafka ended with ${node.exitCode}.`)
  }

  end(): Promise<void> {
    return endProcess(this.#node, 'SIGKILL')
  }

  signal(signal: NodeJS.Signals): void {
    this.#node?.kill(signal)
  }

  #java(main: string, args: readonly string[]): ChildProcess {
    const log = `-Dlog4j2.configurationFile=${join(this.#dir, 'log4j2.xml')}`
    return spawn('java', [...jvm, log, '-cp', `${kafkaJars}/*`, main, ...args], {
      stdio: 'ignore',
      cwd: this.#home,
    })
  }
}

const jvm = [
  ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:MaxMetaspaceSize=96m'],
  ...['-XX:ReservedCodeCacheSize=48m', '-XX:MaxDirectMemorySize=64m'],
]

/** Small files, because each test has a topic of its own. */
const properties = (home: string, index: number, port: number, controllers: readonly number[]): string => `
process.roles=broker,controller
node.id=${index}
controller.quorum.bootstrap.servers=${controllers.map((at) => `127.0.0.1:${at}`).join(',')}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllers[index]}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllers[index]}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${home}/data
log.index.size.max.bytes=65536
log.segment.bytes=16777216
log.cleaner.dedupe.buffer.size=8388608
offsets.topic.replication.factor=${controllers.length}
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=${controllers.length}
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=${controllers.length}
share.coordinator.state.topic.min.isr=1
num.network.threads=1
num.io.threads=2
auto.create.topics.enable=false
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
controller.quorum.fetch.timeout.ms=1500
controller.quorum.election.timeout.ms=800
`

const log4j = `<Configuration status="WARN"><Appenders><Console name="c"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
<Loggers><Root level="WARN"><AppenderRef ref="c"/></Root></Loggers></Configuration>`

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const isThere = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  socket.destroy()
  return isThere
}
