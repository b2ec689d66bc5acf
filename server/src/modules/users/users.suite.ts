import type { Cable } from '@tintype/testkit/cable'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { Person } from '@tintype/testkit/person'
import { pino } from 'pino'
import { parseConfig } from '../../config.ts'
import { openPostgresBroadcast } from '../../engines/broadcast/postgres/broadcast.ts'
import { coherentCache } from '../../engines/cache/coherent.ts'
import { MemoryCache, MemoryStore } from '../../engines/cache/memory/cache.ts'
import { openPostgres } from '../../engines/db/postgres/db.ts'
import type { Event } from '../../engines/event-log/port.ts'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { MemoryRateLimiter } from '../../engines/rate-limiter/memory/rate-limiter.ts'
import { buildApp } from '../../gateway/app.ts'
import { idempotencyStore } from '../../gateway/idempotency-store.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Logger } from '../../kit/logger.ts'
import { type UsersModule, usersModule } from './module.ts'
import { argon2id } from './passwords.ts'
import { emptyWorld, peersOf, type World } from './world.suite.ts'

/** What a process of the users module alone, with the modules around it played by the test, looks like from outside. */
export interface UsersProcess extends AsyncDisposable {
  baseUrl: string
  clock: FakeClock
  module: UsersModule
  isHearing(): boolean
  /** Everything appended so far, by all processes on this database. */
  events: NewEvent[]
  logs: string[]
  world: World
  databaseUrl: string
  register(username: string): Promise<Person>
  visitor(): Person
  /** Hands waiting events to the module's consumers. */
  settle(): Promise<void>
  /** How many password checks ran. */
  verifications(): number
}

interface Share {
  db: TestDb
  events: NewEvent[]
  world: World
  clock: FakeClock
}
const shares = new WeakMap<UsersProcess, Share>()

export interface UsersOptions {
  beside?: UsersProcess
  multiplier?: number
  publicUrl?: string
  /** What its Broadcast alone goes over. */
  cable?: Cable
}

export async function startUsers(options: UsersOptions = {}): Promise<UsersProcess> {
  const kept = options.beside && shares.get(options.beside)
  const share = kept ?? { db: await openTestDb(), events: [], clock: new FakeClock(), world: emptyWorld() }
  const { clock, events, world } = share
  const logs: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) })
  const checks = { count: 0 }
  const opened = await openModule(share, options, logger, checks)
  const { module, broadcast } = opened
  const app = await buildApp({
    config: configOf(options),
    logger,
    version: '0.0.0',
    bindings: module.routes,
    authenticate: module.authenticate,
    rateLimiter: new MemoryRateLimiter({ buckets: 1000, clock }),
    idempotency: idempotencyStore(share.db.db, clock),
  })
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  let handled = 0
  const started: UsersProcess = {
    baseUrl,
    clock,
    module,
    isHearing: () => broadcast.isHearing,
    events,
    logs,
    world,
    databaseUrl: share.db.url,
    verifications: () => checks.count,
    register: (username) => Person.register(baseUrl, username),
    visitor: () => new Person(baseUrl, 'visitor'),
    async settle() {
      while (handled < events.length) await consume(module, events[handled++] as NewEvent)
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await opened[Symbol.asyncDispose]()
      if (!kept) await share.db[Symbol.asyncDispose]()
    },
  }
  shares.set(started, share)
  return started
}

const configOf = ({ multiplier = 0, publicUrl }: UsersOptions) =>
  parseConfig({ PUBLIC_URL: publicUrl, RATE_LIMIT_MULTIPLIER: String(multiplier), TRUST_PROXY: 'true' })

async function openModule(share: Share, options: UsersOptions, logger: Logger, checks: { count: number }) {
  const { clock, events, world } = share
  const { db } = share.db
  await using opening = new AsyncDisposableStack()
  const notifier = options.cable ? opening.use(openPostgres({ url: options.cable.url, pool: 2 })) : db
  const broadcast = opening.use(
    await openPostgresBroadcast({ db: notifier, onError: (error) => logger.error(error) }),
  )
  const cache = opening.use(
    await coherentCache(new MemoryCache(new MemoryStore({ entries: 1000, clock })), broadcast),
  )
  const module: UsersModule = usersModule({
    db,
    cache,
    broadcast,
    clock,
    outbox: notingOutbox((more) => events.push(...more)),
    config: configOf(options),
    secret: 'a secret of the tests',
    version: '0.0.0',
    peers: () => peersOf(module, world, events),
    passwords: {
      hash: argon2id.hash,
      verify(hashed, password) {
        checks.count++
        return argon2id.verify(hashed, password)
      },
    },
  })
  opening.use(module)
  const opened = opening.move()
  return { module, cache, broadcast, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function consume(module: UsersModule, event: NewEvent): Promise<void> {
  for (const consumer of module.consumers)
    if (consumer.types.includes(event.type) && 'handle' in consumer)
      await consumer.handle(
        { ...event, id: newId(), key: '', at: 0, attempt: 1 } as Event,
        new AbortController().signal,
      )
}
