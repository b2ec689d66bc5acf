import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Broadcast } from './engines/broadcast/port.ts'
import { openPostgresBroadcast } from './engines/broadcast/postgres.ts'
import { coherentCache } from './engines/cache/coherent.ts'
import { MemoryCache, MemoryStore } from './engines/cache/memory.ts'
import type { Cache } from './engines/cache/port.ts'
import type { Db } from './engines/db/port.ts'
import { openPostgres } from './engines/db/postgres.ts'
import type { EventLog } from './engines/event-log/port.ts'
import { openPostgresEventLog } from './engines/event-log/postgres.ts'
import { FileObjectStore } from './engines/object-store/files.ts'
import type { ObjectStore } from './engines/object-store/port.ts'
import { objectStoreRoutes } from './engines/object-store/routes.ts'
import type { TimelineStore } from './engines/timeline-store/port.ts'
import { openPostgresTimelineStore } from './engines/timeline-store/postgres.ts'
import type { Clock } from './kit/clock.ts'
import type { Logger } from './kit/logger.ts'

export interface Engines extends AsyncDisposable {
  db: Db
  cache: Cache
  events: EventLog
  broadcast: Broadcast
  objectStore: ObjectStore
  timelineStore: TimelineStore
  /** Routes of engines that serve bytes themselves. */
  plugins: ((app: FastifyInstance) => Promise<void>)[]
}

/** Opens each engine with the adapter that the configuration names; disposes of them in reverse. */
export async function openEngines(
  config: Config,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<Engines> {
  await using opening = new AsyncDisposableStack()
  const db = opening.use(openPostgres({ url: config.databaseUrl, pool: config.databasePool }))
  const onError = (error: unknown) => logger.error({ err: error }, 'broadcast')
  const broadcast = opening.use(await openPostgresBroadcast({ db, onError }))
  const memory = new MemoryCache(new MemoryStore({ entries: config.cacheEntries, clock }))
  const cache = opening.use(await coherentCache(memory, broadcast, onError))
  const timelineStore = opening.use(openPostgresTimelineStore(db))
  const objectStore = opening.use(
    await FileObjectStore.open({
      directory: join(config.dataDir, 'objects'),
      secret: config.secret,
      clock,
      baseUrl: config.publicUrl,
    }),
  )
  const events = opening.use(await openPostgresEventLog({ db, clock, logger }))
  const plugins = [objectStoreRoutes(objectStore)]
  const opened = opening.move()
  const parts = { db, cache, events, broadcast, objectStore, timelineStore, plugins }
  return { ...parts, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
