import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasEnded } from '@tintype/server/engines/db/embedded/process'
import { endProcess } from './end-process.ts'
import { freePorts } from './free-ports.ts'

/** A real Cassandra of one node on loopback, in a folder of its own. */
export interface TestCassandra extends AsyncDisposable {
  /** As CASSANDRA_CONTACT_POINTS takes it. */
  contactPoint: string
  dataCenter: string
  /** Ends it at once; `start` begins again with what it had. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** Its jars (see `testkit/cassandra/pom.xml`). */
export const cassandraJars =
  process.env.CASSANDRA_JARS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tintype/engines/cassandra')

/** What `java` is on the PATH for. */
export async function startCassandra(): Promise<TestCassandra> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-cassandra-'))
  const [native = 0, storage = 0, jmx = 0] = await freePorts(3)
  await mkdir(join(dir, 'conf'))
  const files = {
    'cassandra.yaml': yaml(dir, native, storage),
    'cassandra-rackdc.properties': 'dc=dc1\nrack=rack1\n',
    'logback.xml': logback,
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, 'conf', name), text)
  let node: ChildProcess | undefined
  const start = async () => {
    node = spawn('java', argumentsOf(dir, jmx), { stdio: 'ignore', cwd: dir })
    await listens(node, native)
  }
  await start()
  return {
    contactPoint: `127.0.0.1:${native}`,
    dataCenter: 'dc1',
    kill: () => endProcess(node, 'SIGKILL'),
    start,
    async [Symbol.asyncDispose]() {
      await endProcess(node, 'SIGKILL')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** What it reaches into of Java's own. */
const OPENS = [
  'java.lang java.lang.module java.lang.reflect java.io java.math java.net java.nio java.util sun.nio.ch',
  'jdk.internal.loader jdk.internal.ref jdk.internal.reflect jdk.internal.math jdk.internal.module jdk.internal.util.jar',
].flatMap((names) => names.split(' '))
const EXPORTS = [
  'java.base/jdk.internal.misc',
  'java.base/jdk.internal.ref',
  'java.base/sun.nio.ch',
  'java.sql/java.sql',
]

const argumentsOf = (dir: string, jmx: number): string[] => [
  ...['-Xms256m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:MaxDirectMemorySize=128m'],
  ...OPENS.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
  ...EXPORTS.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
  '--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED',
  '--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED',
  '--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED',
  '--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED',
  '-Djdk.attach.allowAttachSelf=true',
  `-javaagent:${cassandraJars}/jamm-0.4.0.jar`,
  `-Dcassandra.config=file://${dir}/conf/cassandra.yaml`,
  `-Dcassandra-rackdc.properties=file://${dir}/conf/cassandra-rackdc.properties`,
  `-Dlogback.configurationFile=${dir}/conf/logback.xml`,
  `-Dcassandra.storagedir=${dir}`,
  `-Dcassandra.triggers_dir=${dir}/triggers`,
  `-Dcassandra.jmx.local.port=${jmx}`,
  '-Dcassandra-foreground=yes',
  '-Dcassandra.skip_wait_for_gossip_to_settle=0',
  '-Dcassandra.ring_delay_ms=2000',
  ...['-cp', `${dir}/conf:${cassandraJars}/*`, 'org.apache.cassandra.service.CassandraDaemon'],
]

const yaml = (dir: string, native: number, storage: number): string => `
cluster_name: tintype
num_tokens: 4
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
listen_address: 127.0.0.1
rpc_address: 127.0.0.1
native_transport_port: ${native}
storage_port: ${storage}
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters: [ { seeds: "127.0.0.1:${storage}" } ]
endpoint_snitch: GossipingPropertyFileSnitch
# What is acknowledged outlasts a kill.
commitlog_sync: batch
commitlog_segment_size: 8MiB
commitlog_total_space: 64MiB
cdc_enabled: false
data_file_directories: [ ${dir}/data ]
commitlog_directory: ${dir}/commitlog
saved_caches_directory: ${dir}/saved
hints_directory: ${dir}/hints
cdc_raw_directory: ${dir}/cdc
key_cache_size: 8MiB
counter_cache_size: 4MiB
row_cache_size: 0MiB
file_cache_size: 32MiB
networking_cache_size: 16MiB
memtable_heap_space: 64MiB
memtable_offheap_space: 32MiB
memtable_allocation_type: heap_buffers
disk_access_mode: standard
concurrent_compactors: 1
native_transport_max_threads: 16
auto_snapshot: false
authenticator: AllowAllAuthenticator
authorizer: AllowAllAuthorizer
`

const logback = `<configuration><appender name="S" class="ch.qos.logback.core.ConsoleAppender"><encoder>
<pattern>%d %-5level %logger{0} %msg%n</pattern></encoder></appender><root level="WARN"><appender-ref ref="S"/></root></configuration>`

async function listens(node: ChildProcess, port: number): Promise<void> {
  while (!hasEnded(node)) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Cassandra ended with ${node.exitCode}; are its jars in ${cassandraJars}?`)
}
