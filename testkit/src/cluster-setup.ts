import { readyCassandra } from '@tintype/server/engines/cassandra/open'
import type { TestProject } from 'vitest/node'
import { startCassandra } from './cassandra.ts'
import setupPostgres from './global-setup.ts'
import { startKafka } from './kafka.ts'
import { startMinio } from './minio.ts'
import { startOpenSearch } from './opensearch.ts'
import { startRedis } from './redis.ts'

/** The engines of a cluster for the whole run, in folders that are gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const endPostgres = await setupPostgres(project)
  const redis = await startRedis('cluster')
  const minio = await startMinio()
  const s3 = {
    S3_ENDPOINT: minio.url,
    S3_BUCKET: await minio.bucket(),
    S3_ACCESS_KEY_ID: minio.accessKeyId,
    S3_SECRET_ACCESS_KEY: minio.secretAccessKey,
  }
  const node = await startCassandra()
  const cassandra = {
    CASSANDRA_CONTACT_POINTS: node.contactPoint,
    CASSANDRA_DATA_CENTER: node.dataCenter,
    CASSANDRA_KEYSPACE: 'tests',
  }
  await readyCassandra({
    cassandra: {
      contactPoints: [node.contactPoint],
      dataCenter: node.dataCenter,
      keyspace: cassandra.CASSANDRA_KEYSPACE,
      user: '',
      password: '',
      tls: false,
    },
  })
  const kafka = await startKafka()
  const brokers = { KAFKA_BROKERS: kafka.brokers }
  const openSearch = await startOpenSearch()
  const index = { OPENSEARCH_URL: openSearch.url }
  project.provide('clusterEngines', { REDIS_URL: redis.url, ...s3, ...cassandra, ...brokers, ...index })
  return async () => {
    await openSearch[Symbol.asyncDispose]()
    await kafka[Symbol.asyncDispose]()
    await node[Symbol.asyncDispose]()
    await minio[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
    await endPostgres()
  }
}
