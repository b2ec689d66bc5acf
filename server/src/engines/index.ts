import type { FastifyInstance } from 'fastify'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { SettingsReader } from '../kit/settings.ts'
import { openBroadcast } from './broadcast/open.ts'
import type { Broadcast } from './broadcast/port.ts'
import { cacheSettings, openCache } from './cache/open.ts'
import type { Cache } from './cache/port.ts'
import { cassandraSettings, openCassandraConnection } from './cassandra/open.ts'
import { openFloor } from './db/floor.ts'
import { databaseReach, databaseSettings, openDb } from './db/open.ts'
import type { Db, PostgresDb } from './db/port.ts'
import { openEventLog } from './event-log/open.ts'
import type { EventLog } from './event-log/port.ts'
import { kafkaSettings, openKafkaTopic } from './kafka/open.ts'
import { mailerSettings, openMailer } from './mailer/open.ts'
import type { Mailer, MailFolder } from './mailer/port.ts'
import { openMessageStore } from './message-store/open.ts'
import type { MessageStore } from './message-store/port.ts'
import { objectStoreReach, objectStoreSettings, openObjectStore } from './object-store/open.ts'
import type { ObjectStore } from './object-store/port.ts'
import type { NewEvent, Outbox } from './outbox/port.ts'
import { PostgresOutbox } from './outbox/postgres.ts'
import { openPush, pushSettings } from './push/open.ts'
import type { Push } from './push/port.ts'
import { openRateLimiter, rateLimiterSettings } from './rate-limiter/open.ts'
import type { RateLimiter } from './rate-limiter/port.ts'
import type { EngineReach } from './reach.ts'
import { openRedisConnection, redisSettings } from './redis/open.ts'
import { openSearchIndex, searchIndexSettings } from './search-index/open.ts'
import type { SearchIndex } from './search-index/port.ts'
import { openTimelineStore } from './timeline-store/open.ts'
import type { TimelineStore } from './timeline-store/port.ts'

export interface EngineCheck {
  name: string
  check(): Promise<void>
  /** The process can do its work without it, and while groups of events whose names begin so wait for it. */
  canWait?: readonly string[]
}

/** What Tintype stands on, open. */
export interface Engines extends AsyncDisposable {
  db: Db
  outbox: Outbox
  cache: Cache
  rateLimiter: RateLimiter
  events: EventLog
  broadcast: Broadcast
  objectStore: ObjectStore
  timelineStore: TimelineStore
  mailer: Mailer
  /** Where mails lie that nobody delivers; undefined where somebody does. */
  mailFolder: MailFolder | undefined
  push: Push
  messageStore: MessageStore
  searchIndex: SearchIndex
  /** Routes of engines that serve bytes themselves. */
  plugins: ((app: FastifyInstance) => Promise<void>)[]
  /** Where pages send uploads that do not come to this server. */
  mediaOrigins: string[]
  /** A sign of life of each, by the name that `/ready` tells. */
  checks: EngineCheck[]
}

/** What an owner can set of the engines. */
export const engineSettings = (read: SettingsReader) => ({
  ...databaseSettings(read),
  ...redisSettings(read),
  ...cassandraSettings(read),
  ...kafkaSettings(read),
  ...cacheSettings(read),
  ...rateLimiterSettings(read),
  ...searchIndexSettings(read),
  ...objectStoreSettings(read),
  ...mailerSettings(read),
  ...pushSettings(read),
})

/** With what they need to know besides. */
export type EngineSettings = ReturnType<typeof engineSettings> & {
  dataDir: string
  secret: string
  publicUrl: string
  /** Whether other processes may serve the same community. */
  isOneOfSeveral: boolean
}

/** How far each reaches whose adapter is not shared by all the servers of a community anyway. */
export const reaches = (settings: EngineSettings): EngineReach[] => [
  databaseReach(settings),
  objectStoreReach(settings),
]

/** Opens each engine; disposes of them in reverse. */
export async function openEngines(
  settings: EngineSettings,
  { clock, logger, withdraws }: { clock: Clock; logger: Logger; withdraws: ReadonlySet<string> },
): Promise<Engines> {
  await using opening = new AsyncDisposableStack()
  const checks: Engines['checks'] = []
  const waits = whatWaits(settings)
  const use = <E extends AsyncDisposable & { ping(): Promise<void> }>(name: string, engine: E): E => {
    checks.push({ name, check: () => engine.ping(), ...waits[name] })
    return opening.use(engine)
  }
  const failing = (what: string) => (error: unknown) => logger.error({ err: error }, what)

  const db = use('database', await openDb(settings))
  const outbox = opening.use(openOutbox(db, clock, failing('what was committed could not be told of')))
  const { redis, cassandra, topic } = await openConnections(settings, opening, failing('Redis'))
  const broadcast = use('broadcast', await openBroadcast({ db, redis, onError: failing('broadcast') }))
  const shared = { settings, clock, broadcast, redis }
  const cache = use('cache', await openCache({ ...shared, onError: failing('caches could not be told') }))
  const floor = await openFloor({ db, broadcast, withdraws, checks })
  outbox.onCommitted((facts) => heardBy([cache, floor], facts))
  const rateLimiter = use(
    'rate_limiter',
    await openRateLimiter({ ...shared, onError: failing('rate limits could not be told') }),
  )
  const timelineStore = use('timelines', await openTimelineStore({ db, cassandra }))
  const messageStore = use(
    'messages',
    await openMessageStore({ db, cassandra, onError: failing('where messages lie could not be asked') }),
  )
  const searchIndex = use('search', await openSearchIndex({ db, clock, settings }))
  const { objectStore, plugins, origins } = await openObjectStore({ settings, clock })
  use('object_store', objectStore)
  const { mailer, folder: mailFolder, push } = await openMessengers(settings, clock, opening)
  const events = use(
    'events',
    await openEventLog({
      topic,
      db,
      outbox,
      clock,
      logger,
      beforeHandling: (facts) => cache.hearHere(facts),
    }),
  )

  const opened = opening.move()
  return {
    db,
    outbox,
    cache,
    rateLimiter,
    events,
    broadcast,
    objectStore,
    timelineStore,
    messageStore,
    searchIndex,
    mailer,
    mailFolder,
    push,
    plugins,
    mediaOrigins: origins,
    checks,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/**
 * What a process does without while it is away, and the groups of events that wait for it; without all else it serves nobody. Redis is
 * missed by none: all is slower then, and nothing wrong. Without Kafka the outbox keeps what was said, for as long as it takes.
 */
const whatWaits = ({
  redisUrl,
  cassandra,
  kafka,
}: EngineSettings): Record<string, Pick<EngineCheck, 'canWait'>> => ({
  search: { canWait: ['search.'] },
  object_store: { canWait: ['media', 'archives', 'imports'] },
  ...(redisUrl && { broadcast: { canWait: [] }, cache: { canWait: [] }, rate_limiter: { canWait: [] } }),
  ...(cassandra.contactPoints.length > 0 && {
    timelines: { canWait: ['feed.'] },
    messages: { canWait: ['messages.'] },
  }),
  ...(kafka.brokers.length > 0 && { events: { canWait: [''] } }),
})

const openOutbox = ({ handle, afterCommit }: PostgresDb, clock: Clock, onError: (error: unknown) => void) =>
  new PostgresOutbox({ handle, afterCommit, now: () => clock.now(), onError })

async function heardBy(
  ears: readonly { hear(facts: readonly NewEvent[]): Promise<void> }[],
  facts: readonly NewEvent[],
): Promise<void> {
  await Promise.all(ears.map((ear) => ear.hear(facts)))
}

/** To what engines share, or stand on besides the database. */
async function openConnections(
  settings: EngineSettings,
  opening: AsyncDisposableStack,
  onRedisError: (error: unknown) => void,
) {
  return {
    redis: opening.use(await openRedisConnection(settings, onRedisError)),
    cassandra: opening.use(await openCassandraConnection(settings)),
    topic: opening.use(await openKafkaTopic(settings)),
  }
}

/** No sign of life is asked of these two: where mails or pushes have to wait, all else goes on. */
async function openMessengers(settings: EngineSettings, clock: Clock, opening: AsyncDisposableStack) {
  const { mailer, folder } = await openMailer({ settings, clock })
  opening.use(mailer)
  return { mailer, folder, push: opening.use(await openPush({ settings, clock })) }
}
