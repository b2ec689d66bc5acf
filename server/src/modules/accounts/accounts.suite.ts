import type { Cable } from '@tintype/testkit/cable'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { Person } from '@tintype/testkit/person'
import { pino } from 'pino'
import { parseConfig } from '../../config.ts'
import { openPostgresBroadcast } from '../../engines/broadcast/postgres/broadcast.ts'
import { coherentCache } from '../../engines/cache/coherent.ts'
import { FactCache } from '../../engines/cache/facts.ts'
import { MemoryCache, MemoryStore } from '../../engines/cache/memory/cache.ts'
import { openPostgres } from '../../engines/db/postgres/db.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { Mail } from '../../engines/mailer/port.ts'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { MemoryRateLimiter } from '../../engines/rate-limiter/memory/rate-limiter.ts'
import { buildApp } from '../../gateway/app.ts'
import { idempotencyStore } from '../../gateway/idempotency-store.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Logger } from '../../kit/logger.ts'
import { createVault } from '../../kit/vault.ts'
import { authorEntries, People } from '../../views/people.ts'
import { ProfileView } from '../../views/profile.ts'
import { communityModule } from '../community/module.ts'
import { factorsModule } from '../factors/module.ts'
import { membersModule, membersReader } from '../members/module.ts'
import type { MembersReader } from '../members/reader.ts'
import type { ModuleParts } from '../module.ts'
import { type AccountsModule, accountsModule, accountsReader } from './module.ts'
import { hasher } from './passwords.ts'
import { emptyWorld, othersOf, type World } from './world.suite.ts'

/**
 * What a process of accounts, members and the community alone, with the modules around them played by the test, looks like from
 * outside.
 */
export interface AccountsProcess extends AsyncDisposable {
  baseUrl: string
  clock: FakeClock
  accounts: AccountsModule
  members: MembersReader
  people: People
  isHearing(): boolean
  /** Everything appended so far, by all processes on this database. */
  events: NewEvent[]
  logs: string[]
  mails: Mail[]
  world: World
  databaseUrl: string
  register(username: string): Promise<Person>
  visitor(): Person
  /** Hands waiting events to the modules' consumers. */
  settle(): Promise<void>
  /** How many password checks ran. */
  verifications(): number
}

interface Share {
  mails: Mail[]
  db: TestDb
  events: NewEvent[]
  world: World
  clock: FakeClock
}
const quick = hasher({ memoryCost: 8, timeCost: 1 })
const shares = new WeakMap<AccountsProcess, Share>()

export interface AccountsOptions {
  beside?: AccountsProcess
  multiplier?: number
  publicUrl?: string
  /** What its Broadcast alone goes over. */
  cable?: Cable
}

export async function startAccounts(options: AccountsOptions = {}): Promise<AccountsProcess> {
  const kept = options.beside && shares.get(options.beside)
  const share = kept ?? {
    db: await openTestDb(),
    events: [],
    mails: [],
    clock: new FakeClock(),
    world: emptyWorld(),
  }
  const { clock, events, world } = share
  const logs: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) })
  const checks = { count: 0 }
  const opened = await openModules(share, options, logger, checks)
  const { modules, accounts, broadcast } = opened
  const app = await buildApp({
    config: configOf(options),
    logger,
    version: '0.0.0',
    bindings: modules.flatMap(({ routes }) => routes),
    authenticate: accounts.authenticate,
    provenLately: accounts.provenLately,
    guard: { verdict: () => undefined, onChange() {}, observe() {} },
    rateLimiter: new MemoryRateLimiter({ buckets: 1000, clock }),
    idempotency: idempotencyStore(share.db.db, clock),
  })
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  let handled = 0
  const started: AccountsProcess = {
    baseUrl,
    clock,
    accounts,
    members: opened.reader,
    people: opened.people,
    isHearing: () => broadcast.isHearing,
    events,
    logs,
    mails: share.mails,
    world,
    databaseUrl: share.db.url,
    verifications: () => checks.count,
    register: (username) => Person.register(baseUrl, username),
    visitor: () => new Person(baseUrl, 'visitor'),
    async settle() {
      while (handled < events.length) await consume(modules, events[handled++] as NewEvent)
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

const configOf = ({ multiplier = 0, publicUrl }: AccountsOptions) =>
  parseConfig({ PUBLIC_URL: publicUrl, RATE_LIMIT_MULTIPLIER: String(multiplier), TRUST_PROXY: 'true' })

async function openModules(
  share: Share,
  options: AccountsOptions,
  logger: Logger,
  checks: { count: number },
) {
  const { clock, events, world, mails } = share
  const { db } = share.db
  await using opening = new AsyncDisposableStack()
  const notifier = options.cable ? opening.use(openPostgres({ url: options.cable.url, pool: 2 })) : db
  const broadcast = opening.use(
    await openPostgresBroadcast({ db: notifier, onError: (error) => logger.error(error) }),
  )
  const cache = opening.use(
    new FactCache(await coherentCache(new MemoryCache(new MemoryStore({ entries: 1000, clock })), broadcast)),
  )
  const outbox = notingOutbox((more) => events.push(...more), { db, cache })
  const config = configOf(options)
  const vault = createVault('a secret of the tests')
  const authors = authorEntries(cache, config.cacheTtl.profile)
  const reader = membersReader({ db, cache, clock, memberTtl: config.cacheTtl.profile })
  const others = othersOf((ids) => people.summaries(ids), world, events)
  const { graph, media } = others
  const people = new People({ authors, members: reader, media })
  const view = new ProfileView({
    ...others,
    preferences: { ownOf: async () => ({}) },
    people,
    members: reader,
    accounts: accountsReader({ db, clock, vault }),
  })
  const suggestions = { suggest: async () => [] }
  const words = { assertFree: async () => {}, assertFreeName: async () => {} }
  const members = membersModule({
    db,
    outbox,
    clock,
    reader,
    people,
    media,
    graph,
    suggestions,
    view,
    words,
    audit: () => ({ append: async () => {} }),
  })
  const community = communityModule({
    db,
    cache,
    outbox,
    clock,
    version: '0.0.0',
    video: undefined,
    openId: undefined,
    members: reader,
    people,
  })
  const factors = factorsModule({
    db,
    outbox,
    clock,
    vault,
    secret: 'a secret of the tests',
    publicUrl: config.publicUrl,
    members: members.service,
    community: community.service,
  })
  const accounts = accountsModule({
    ...config,
    db,
    outbox,
    broadcast,
    clock,
    logger,
    mailer: {
      async send(mail) {
        mails.push(mail)
        return 'taken'
      },
    },
    vault,
    siteUrl: 'http://here',
    sessionTtl: config.cacheTtl.session,
    secret: 'a secret of the tests',
    members: members.service,
    community: community.service,
    factors: factors.service,
    passkeys: factors.passkeys,
    bans: { assertMayRegister: async () => {} },
    challenges: { asks: () => false, admit: async () => {} },
    apps: {
      isOne: () => false,
      find: async () => undefined,
      endIn: async () => [],
      named: async () => world.app,
    },
    words,
    sanctions: () => ({ suspension: async () => undefined, appeal: async () => {} }),
    profiles: view,
    passwords: {
      hash: quick.hash,
      verify(hashed, password) {
        checks.count++
        return quick.verify(hashed, password)
      },
    },
  })
  opening.use(accounts)
  const opened = opening.move()
  const modules: ModuleParts[] = [accounts, factors, members, community]
  return {
    modules,
    accounts,
    reader,
    people,
    cache,
    broadcast,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function consume(modules: readonly ModuleParts[], event: NewEvent): Promise<void> {
  if (event.type === 'user.deleted')
    for (const module of modules) await module.erase(event.payload.user_id, new AbortController().signal)
  for (const consumer of modules.flatMap(({ consumers }) => consumers))
    if (consumer.types.includes(event.type) && 'handle' in consumer)
      await consumer.handle(
        { ...event, id: newId(), key: '', at: 0, attempt: 1 } as Event,
        new AbortController().signal,
      )
}
