import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cassandraJars } from '../testkit/src/cassandra.ts'
import { kafkaJars } from '../testkit/src/kafka.ts'
import { openSearchJars } from '../testkit/src/opensearch.ts'
import { conclude, vitest } from './counted.ts'

/**
 * `npm run test:cluster`: the engines of a cluster, real ones on loopback, against the suites of their ports; then the server's own tests
 * on them. With `--short` the suites alone, of those engines that are here.
 */
const engines = [
  {
    name: 'Redis',
    programs: ['redis-server', 'redis-cli'],
    tests: 'server/src/engines/redis',
    get: 'apt-get install redis-server',
  },
  {
    name: 'MinIO',
    programs: ['minio'],
    tests: 'server/src/engines/object-store',
    get: 'go install github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
  },
  {
    name: 'Cassandra',
    programs: ['java', cassandraJars],
    tests: 'server/src/engines/cassandra',
    get: 'apt-get install openjdk-17-jre-headless maven; see .ci/cluster for its jars',
  },
  {
    name: 'Kafka',
    programs: ['java', kafkaJars],
    tests: 'server/src/engines/event-log',
    get: 'apt-get install openjdk-17-jre-headless maven; see .ci/cluster for its jars',
  },
  {
    name: 'OpenSearch',
    // Its one class of ours is compiled as it starts.
    programs: ['javac', openSearchJars],
    tests: 'server/src/engines/search-index',
    get: 'apt-get install openjdk-17-jdk-headless maven; see .ci/cluster for its jars',
  },
  {
    name: 'what goes on without them',
    programs: ['redis-server', 'java', kafkaJars, cassandraJars],
    tests: 'server/src/degradation',
    get: 'as above',
  },
  {
    name: 'many processes behind one address',
    programs: ['haproxy', 'redis-server', 'javac', kafkaJars, cassandraJars, openSearchJars],
    tests: 'testkit/src/community',
    get: 'apt-get install haproxy; the others as above',
  },
]
const isHere = (program: string) =>
  program.startsWith('/')
    ? existsSync(program)
    : !spawnSync(program, [program === 'haproxy' ? '-v' : '--version']).error
const missing = engines.filter(({ programs }) => !programs.every(isHere))
const isShort = process.argv.includes('--short')
for (const { name, programs, get } of missing)
  console.log(
    `Not on the PATH: ${programs.join(', ')} (${get}). ${isShort ? `The tests of ${name} are left out.` : ''}`,
  )
if (!isShort && missing.length > 0) process.exit(1)
const here = engines.filter((engine) => !missing.includes(engine)).map(({ tests }) => tests)
if (here.length > 0)
  conclude([await vitest(isShort ? ['cluster'] : ['cluster', 'server-on-cluster'], isShort ? here : [])])
