import type { FastifyInstance } from 'fastify'
import { withdraws } from './access/withdrawing.ts'
import type { Config } from './config.ts'
import type { Cache } from './engines/cache/port.ts'
import { type Consumer, consumer } from './engines/event-log/port.ts'
import { type Engines, openEngines } from './engines/index.ts'
import type { RouteBinding } from './gateway/binding.ts'
import type { Authenticate, ProvenLately } from './gateway/gate.ts'
import { type IdempotencyStore, idempotencyPurge, idempotencyStore } from './gateway/idempotency-store.ts'
import type { Preview } from './gateway/preview.ts'
import { onlyServing } from './gateway/serving.ts'
import type { Clock } from './kit/clock.ts'
import type { Logger } from './kit/logger.ts'
import { createVault } from './kit/vault.ts'
import { type AccountsModule, argon2id, type PasswordHasher } from './modules/accounts/module.ts'
import { type ImagingPools, openImagingPools } from './modules/media/module.ts'
import type { ModerationModule } from './modules/moderation/module.ts'
import type { Badge, Loop, ModuleParts, Rebuild, Schedule } from './modules/module.ts'
import type { PersonalData } from './modules/personal.ts'
import type { SealedColumn } from './modules/sealed.ts'
import { Sealing } from './modules/sealing.ts'
import type { SecurityModule } from './modules/security/module.ts'
import type { SocketParts } from './modules/sockets.ts'
import { linkPreview } from './views/link-preview.ts'
import { compose } from './wiring/compose.ts'
import { wireModules } from './wiring/modules.ts'

/** Everything a role may need, opened and tied together. */
export interface System extends AsyncDisposable {
  config: Config
  clock: Clock
  logger: Logger
  engines: Engines
  routes: RouteBinding[]
  /** Those of the contract that other processes serve. */
  elsewhere: RouteBinding[]
  consumers: Consumer[]
  schedules: Schedule[]
  loops: Loop[]
  rebuilds: Rebuild[]
  plugins: ((app: FastifyInstance) => void | Promise<void>)[]
  authenticate: Authenticate
  provenLately: ProvenLately
  guard: SecurityModule['guard']
  onSessionsEnded: AccountsModule['onSessionsEnded']
  badges: Badge[]
  sockets: SocketParts[]
  /** What is kept of people, by module. */
  personal: Record<string, PersonalData>
  idempotency: IdempotencyStore
  preview: Preview
  /** Columns that hold what only the vault opens. */
  sealed: SealedColumn[]
  /** The keys of the vault. */
  sealing: Sealing
  /** Looks through the log of what moderators did. */
  verifyAudit: ModerationModule['verifyAudit']
  /** Whether the owner's account exists. */
  isSetUp(): Promise<boolean>
}

interface Surroundings {
  clock: Clock
  logger: Logger
  /** Whose it stays; of its own unless given. */
  imaging?: ImagingPools
  /** At its full cost unless given. */
  passwords?: PasswordHasher
}

/** `databaseUrl` and `secret` must be set by now: the lifecycle fills in those of the embedded PostgreSQL and of DATA_DIR. */
export async function createSystem(config: Config, surroundings: Surroundings): Promise<System> {
  await using opening = new AsyncDisposableStack()
  const { clock, logger, passwords = argon2id } = surroundings
  const imaging = surroundings.imaging ?? opening.use(openImagingPools(config.mediaThreads))
  const engines = opening.use(await openEngines(config, { ...surroundings, withdraws }))
  const vault = createVault(config.secret, config.vaultKeys)
  const { modules, subjects } = wireModules({ config, engines, clock, logger, imaging, passwords, vault })
  const { accounts, community, media, moderation, security } = modules
  opening.use(accounts)
  opening.use(media)
  const { plugins, consumers, schedules, ...composed } = compose(modules, config, engines.broadcast)
  const all: ModuleParts[] = Object.values(modules)
  const sealed = all.flatMap((module) => module.sealed ?? [])
  const sealing = new Sealing({ db: engines.db, vault, columns: sealed })
  const opened = opening.move()
  return {
    config,
    clock,
    logger,
    engines,
    ...composed,
    consumers: [...consumers, forgetting(engines.cache)],
    rebuilds: all.flatMap((module) => module.rebuilds),
    schedules: [...schedules, idempotencyPurge(engines.db, clock)],
    plugins: [...engines.plugins.map((plugin) => onlyServing(config.serve, plugin)), ...plugins],
    authenticate: accounts.authenticate,
    provenLately: accounts.provenLately,
    guard: security.guard,
    onSessionsEnded: accounts.onSessionsEnded,
    badges: all.flatMap((module) => module.badges ?? []),
    sockets: all.flatMap((module) => module.sockets ?? []),
    personal: Object.fromEntries(Object.entries(modules).map(([name, { personal }]) => [name, personal])),
    idempotency: idempotencyStore(engines.db, clock),
    preview: linkPreview(subjects),
    sealed,
    sealing,
    verifyAudit: moderation.verifyAudit,
    isSetUp: async () => (await community.service.instance()).is_set_up,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Caches have heard of each fact before whoever made it was answered; this makes it certain should that process have died before. */
const forgetting = (cache: Cache): Consumer =>
  consumer({
    group: 'caches',
    types: cache.heard,
    batch: 500,
    handleBatch: (events) => cache.hear(events),
  })
