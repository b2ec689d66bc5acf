import type { TestProject } from 'vitest/node'
import setupPostgres from './global-setup.ts'
import { startRedis } from './redis.ts'

/** The engines of a cluster for the whole run, in folders that are gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const endPostgres = await setupPostgres(project)
  const redis = await startRedis('cluster')
  project.provide('clusterEngines', { redis: redis.url })
  return async () => {
    await redis[Symbol.asyncDispose]()
    await endPostgres()
  }
}
