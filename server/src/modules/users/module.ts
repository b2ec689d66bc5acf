import type { Config } from '../../config.ts'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { cookiePolicy } from '../../gateway/credentials.ts'
import type { Authenticate } from '../../gateway/gate.ts'
import type { Clock } from '../../kit/clock.ts'
import type { ModuleParts, Schedule } from '../module.ts'
import { Account } from './account.ts'
import { Authentication, type EndedListener } from './authentication.ts'
import { Community } from './community.ts'
import { userConsumers } from './consumers.ts'
import { UserDirectory } from './directory.ts'
import { userBindings } from './handlers.ts'
import { LoginGuard } from './login-guard.ts'
import { argon2id, type PasswordHasher } from './passwords.ts'
import type { UsersPeers } from './peers.ts'
import { Profiles } from './profiles.ts'
import { Registration } from './registration.ts'
import { UsersService } from './service.ts'
import { Sessions } from './sessions.ts'
import { memberKind } from './subjects.ts'
import { Suggestions } from './suggestions.ts'
import { createTokens } from './tokens.ts'

export interface UsersDeps<Checked> {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append'>
  broadcast: Broadcast
  clock: Clock
  config: Pick<
    Config,
    'publicUrl' | 'accessTokenTtl' | 'refreshTokenTtl' | 'cacheTtl' | 'rateLimitMultiplier'
  >
  /** Signs tokens; the same in every process. */
  secret: string
  version: string
  /** Called when first needed: these modules are built on this one. */
  peers(): UsersPeers<Checked>
  passwords?: PasswordHasher
}

export interface UsersModule extends ModuleParts, AsyncDisposable {
  service: UsersService
  authenticate: Authenticate
  onSessionsEnded(listener: EndedListener): Disposable
  /** Whether the owner's account exists. */
  isSetUp(): Promise<boolean>
}

/** Accounts, sessions, profiles, and the instance itself. */
export function usersModule<Checked>(deps: UsersDeps<Checked>): UsersModule {
  const { db, config, peers, passwords = argon2id } = deps
  const tokens = createTokens(deps.secret)
  const directory = new UserDirectory(deps, config.cacheTtl.profile)
  const authentication = new Authentication({ ...deps, tokens, sessionTtl: config.cacheTtl.session })
  const sessions = new Sessions({ ...config, ...deps, tokens, authentication })
  const guard = new LoginGuard({ ...deps, multiplier: config.rateLimitMultiplier })
  const account = new Account({
    ...deps,
    guard,
    passwords,
    authentication,
    sessions,
    directory,
    media: () => peers().media,
  })
  const profiles = new Profiles({ db, directory, peers })
  const community = new Community(deps)
  const { authenticate } = authentication
  return {
    service: new UsersService({ db, directory, profiles }),
    authenticate,
    onSessionsEnded: (listener) => authentication.onSessionsEnded(listener),
    isSetUp: async () => (await community.instance()).is_set_up,
    [Symbol.asyncDispose]: () => authentication[Symbol.asyncDispose](),
    routes: userBindings({
      account,
      community,
      profiles,
      sessions,
      guard,
      registration: new Registration({ ...deps, passwords, sessions, directory, guard }),
      suggestions: new Suggestions({ db, peers }),
      cookies: cookiePolicy(config.publicUrl),
      refreshTokenTtl: config.refreshTokenTtl,
    }),
    consumers: userConsumers(account, directory, authentication),
    subjects: [memberKind(peers)],
    // What they were known by went with the account itself; this makes certain that no process remembers it.
    erase: (member) => directory.renew(member),
    rebuilds: [],
    schedules: schedulesOf(account, sessions, community, guard),
  }
}

const schedulesOf = (
  account: Account,
  sessions: Sessions,
  community: Community,
  guard: LoginGuard,
): Schedule[] => [
  {
    name: 'users.text',
    everySeconds: 60,
    async run(signal) {
      while (!signal.aborted && (await account.renewSomeTexts()));
    },
  },
  { name: 'users.sessions', everySeconds: 3600, run: (signal) => sessions.purgeExpired(signal) },
  { name: 'users.logins', everySeconds: 3600, run: () => guard.purge() },
  { name: 'users.invitations', everySeconds: 86_400, run: () => community.purgeInvitations() },
]
