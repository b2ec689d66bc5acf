import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostId } from '@tintype/contract'
import { parseConfig } from '@tintype/server/config'
import type { Engines } from '@tintype/server/engines/index'
import { readyKafka } from '@tintype/server/engines/kafka/open'
import { FakeClock } from '@tintype/server/kit/clock'
import { createLogger } from '@tintype/server/kit/logger'
import { hasher } from '@tintype/server/modules/accounts/module'
import { type ImagingPools, openImagingPools } from '@tintype/server/modules/media/module'
import { startRoles } from '@tintype/server/roles/index'
import { createSystem, type System } from '@tintype/server/wiring'
import { inject } from 'vitest'
import { createTestDatabase } from './database.ts'
import { dropTopic } from './kafka.ts'
import { dropIndices } from './opensearch.ts'
import { Person } from './person.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Settings of the engines besides PostgreSQL that systems stand on; absent where they do with the embedded ones. */
    clusterEngines?: Record<string, string>
  }
}

export interface TestSystem extends AsyncDisposable {
  baseUrl: string
  clock: FakeClock
  engines: Engines
  system: System
  /** Registers members by name, all at once; the first ever is the owner. */
  people<const Names extends readonly string[]>(...names: Names): Promise<{ [I in keyof Names]: Person }>
  visitor(): Person
  /** Resolves when all that was told has been handled: feeds, counters and notifications are what they will be. */
  settle(): Promise<void>
  /** Lets so many seconds pass, and all that is due happen. */
  pass(seconds: number): Promise<void>
  /** Keys of all objects with anything in them; empty ones keep a key closed while its link is good. */
  storedKeys(): Promise<string[]>
  /** What was pushed to a member, newest first. */
  timelineOf(person: Person): Promise<PostId[]>
}

export interface TestSystemOptions {
  env?: Record<string, string>
  /** Share one database and data directory between two systems, as two processes would. */
  beside?: TestSystem
}

const unlimited = {
  RATE_LIMIT_MULTIPLIER: '0',
  // Callers and server share one event loop here, so its turns say nothing about load.
  OVERLOAD_TURN_MS: '0',
  // A program that looks at each picture: where a test is about it.
  PICTURE_SCORES: 'off',
}

/** The whole system over HTTP on a port of its own, on the embedded engines, with a set clock and no rate limits. */
export async function startSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const shared = options.beside ? shares.get(options.beside) : undefined
  const share = shared ?? (await newShare())
  const config = parseConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    // One port of the machine, and many systems.
    LIVE_RTMP_PORT: '0',
    DATA_DIR: share.dataDir,
    DATABASE_URL: share.url,
    DATABASE_POOL: '5',
    LOG_LEVEL: 'silent',
    SECRET: 'a secret for tests, long enough to be one',
    ...unlimited,
    ...onCluster(share.url),
    ...options.env,
  })
  const logger = createLogger({ level: config.logLevel, pretty: false })
  await readyKafka(config)
  const surroundings = { clock: share.clock, logger, imaging: imaging(), passwords }
  const system = await createSystem(config, surroundings)
  const roles = await startRoles(system)
  if (config.openSearch.nodes.length > 0) await searchIsMade(system.engines)
  const baseUrl = roles.url ?? ''
  const people = (...names: string[]) => inTurn(names, (name) => Person.register(baseUrl, name))
  const settle = async () => {
    const late = setTimeout(() => void sayWhatWaits(system.engines), 30_000)
    try {
      await system.engines.events.drain()
      for (const loop of system.loops) await loop.settle()
    } finally {
      clearTimeout(late)
    }
  }
  const started: TestSystem = {
    baseUrl,
    clock: share.clock,
    engines: system.engines,
    system,
    people: people as TestSystem['people'],
    visitor: () => new Person(baseUrl, 'visitor'),
    settle,
    async pass(seconds) {
      await settle()
      share.clock.advance(seconds * 1000)
      await settle()
    },
    async storedKeys() {
      const { objectStore } = system.engines
      const found: string[] = []
      for await (const key of objectStore.keys()) if (await objectStore.head(key)) found.push(key)
      return found.sort()
    },
    async timelineOf(person) {
      const entries = await system.engines.timelineStore.page(person.id, { limit: 1000 })
      return entries.map((entry) => entry.post_id)
    },
    async [Symbol.asyncDispose]() {
      await roles[Symbol.asyncDispose]()
      await system[Symbol.asyncDispose]()
      if (shared) return
      await dropTopic(config.kafka)
      await dropIndices(config.openSearch)
      await share.dispose()
    },
  }
  shares.set(started, share)
  return started
}

/** A schedule makes what answers; before that, search says that it is away. */
async function searchIsMade({ searchIndex }: Engines): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await searchIndex.generation())) {
    if (performance.now() > deadline) throw new Error('the search index was not made')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A test that waits too long for it does not say for what. */
async function sayWhatWaits({ events }: Engines): Promise<void> {
  const waiting = (await events.backlog()).filter((group) => group.waiting > 0)
  console.warn('Not settled after 30 seconds; events that wait:', JSON.stringify(waiting))
}

/** Members come by the dozen, and at its full cost a password is half of coming in. */
const passwords = hasher({ memoryCost: 8, timeCost: 1 })

let pools: ImagingPools | undefined

/** Those of all systems of this process: starting one takes longer than most tests. They end with it. */
const imaging = (): ImagingPools => (pools ??= openImagingPools(1, 0))

/** Each system has its own part of engines that all systems of a run share. */
function onCluster(databaseUrl: string): Record<string, string> {
  const engines = inject('clusterEngines')
  const name = new URL(databaseUrl).pathname.slice(1)
  return engines
    ? { ...engines, REDIS_PREFIX: name, S3_PREFIX: name, KAFKA_TOPIC: name, OPENSEARCH_PREFIX: name }
    : {}
}

interface Share {
  url: string
  dataDir: string
  clock: FakeClock
  dispose(): Promise<void>
}
const shares = new WeakMap<TestSystem, Share>()

async function newShare(): Promise<Share> {
  const [database, dataDir] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'tintype-test-')),
  ])
  return {
    url: database.url,
    dataDir,
    clock: new FakeClock(),
    async dispose() {
      await database.dispose()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}
