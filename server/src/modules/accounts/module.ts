import type { Me, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { bind } from '../../gateway/binding.ts'
import { cookiePolicy } from '../../gateway/credentials.ts'
import type { Authenticate, ProvenLately } from '../../gateway/gate.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Vault } from '../../kit/vault.ts'
import type { AppGrants } from '../apps/api.ts'
import type { ModuleParts, Schedule } from '../module.ts'
import { Account, type AccountDeps } from './account.ts'
import { Addresses } from './addresses.ts'
import { Authentication, type EndedListener } from './authentication.ts'
import { BrowserAccounts } from './browser-accounts.ts'
import { browserHandlers } from './browser-handlers.ts'
import { deleteOldChallenges, endChallenges } from './challenge-store.ts'
import { accountConsumers } from './consumers.ts'
import { EmailChanges } from './email-change.ts'
import { deleteOldChanges, forgetChanges } from './email-change-store.ts'
import { Entrance } from './entrance.ts'
import { accountHandlers, type BeginSession, beginsSession } from './handlers.ts'
import { endLinks } from './link-store.ts'
import { Links } from './links.ts'
import { LoginGuard } from './login-guard.ts'
import { LoginHistory } from './login-history.ts'
import { type AccountMailDeps, AccountMails } from './mails.ts'
import type { PasswordHasher } from './passwords.ts'
import { accountsData } from './personal-store.ts'
import { AccountsReader } from './reader.ts'
import { Recovery } from './recovery.ts'
import { Registration, type RegistrationDeps } from './registration.ts'
import { sealedEmails } from './sealed.ts'
import { SecondStep, type SecondStepDeps } from './second-step.ts'
import { type SessionDeps, Sessions } from './sessions.ts'
import { signedNames } from './signed-names.ts'
import { Staff } from './staff.ts'
import { StepUp } from './step-up.ts'
import { createTokens } from './tokens.ts'

export { argon2id, hasher, type PasswordHasher } from './passwords.ts'

export const accountsReader = (deps: { db: Db; clock: Clock; vault: Vault }): AccountsReader =>
  new AccountsReader({ ...deps, addresses: new Addresses(deps.vault) })

export interface AccountsDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  broadcast: Broadcast
  clock: Clock
  logger: Logger
  mailer: AccountMailDeps['mailer']
  /** What addresses are sealed with. */
  vault: Vault
  /** Where people reach us; cookies are made for it. */
  publicUrl: string
  /** The same, or what the server listens on. */
  siteUrl: string
  /** Seconds. */
  accessTokenTtl: number
  refreshTokenTtl: number
  sessionTtl: number
  /** Scales how many wrong passwords are free. */
  rateLimitMultiplier: number
  /** Signs tokens; the same in every process. */
  secret: string
  members: SecondStepDeps['members'] &
    AccountDeps['members'] &
    RegistrationDeps['members'] &
    SessionDeps['members']
  community: AccountDeps['community'] & RegistrationDeps['community'] & AccountMailDeps['community']
  factors: SecondStepDeps['factors']
  passkeys: SecondStepDeps['passkeys']
  apps: AppGrants
  sanctions: SecondStepDeps['sanctions']
  bans: RegistrationDeps['bans']
  challenges: RegistrationDeps['challenges']
  words: RegistrationDeps['words']
  /** A view, as it joins what many modules count. */
  profiles: { me(userId: UserId): Promise<Me> }
  passwords: PasswordHasher
}

export interface AccountsModule extends ModuleParts, AsyncDisposable {
  authenticate: Authenticate
  provenLately: ProvenLately
  onSessionsEnded(listener: EndedListener): Disposable
  /** For who proved elsewhere who they are. */
  entrance: Entrance
  beginSession: BeginSession
  /** For moderators, and for what apps do. */
  service: Staff
}

/** How people come in, and by what we know them. */
export function accountsModule(deps: AccountsDeps): AccountsModule {
  const { db, passwords } = deps
  const addresses = new Addresses(deps.vault)
  const tokens = createTokens(deps.secret)
  const authentication = new Authentication({ ...deps, tokens })
  const sessions = new Sessions({ ...deps, tokens, authentication })
  const guard = new LoginGuard({ ...deps, multiplier: deps.rateLimitMultiplier })
  const history = new LoginHistory(deps)
  const account = new Account({ ...deps, addresses, history, guard, passwords, authentication, sessions })
  const links = new Links({ ...deps, addresses })
  const challenges = signedNames<'second_step'>(deps.secret, 'tintype log-in challenge')
  const tickets = signedNames<'appeal'>(deps.secret, 'tintype appeal')
  const secondStep = new SecondStep({ ...deps, sessions, guard, history, challenges, tickets })
  const stepUp = new StepUp({ ...deps, passwords })
  const shared = {
    ...deps,
    addresses,
    guard,
    history,
    passwords,
    authentication,
    sessions,
    links,
    secondStep,
    stepUp,
  }
  const registration = new Registration(shared)
  const recovery = new Recovery(shared)
  const emailChanges = new EmailChanges(shared)
  const mails = new AccountMails({ ...deps, addresses, links })
  const cookies = cookiePolicy(deps.publicUrl)
  const browser = new BrowserAccounts({ ...deps, tokens, sessions })
  return {
    authenticate: authentication.authenticate,
    provenLately: stepUp.provenLately,
    entrance: new Entrance({ ...shared, registration }),
    beginSession: beginsSession({ ...deps, browser, cookies }),
    service: new Staff({ db, authentication, sessions }),
    onSessionsEnded: (listener) => authentication.onSessionsEnded(listener),
    [Symbol.asyncDispose]: () => authentication[Symbol.asyncDispose](),
    personal: accountsData(db, addresses),
    sealed: sealedEmails(deps.vault),
    routes: [
      ...bind(
        'accounts',
        accountHandlers({ ...shared, account, registration, recovery, emailChanges, browser, cookies }),
      ),
      ...bind('browser', browserHandlers({ ...deps, browser, cookies })),
      ...bind('logins', { list: ({ viewer, query }) => history.list(viewer, query) }),
    ],
    consumers: accountConsumers(authentication, mails, { history, apps: deps.apps }),
    // The account went with its own transaction; a log-in that failed meanwhile may have been noted after it.
    erase: (member) =>
      db.tx(async (tx) => {
        await guard.forget(tx, member)
        await history.forget(tx, member)
        await endLinks(tx, member)
        await forgetChanges(tx, member)
        await endChallenges(tx, member)
      }),
    rebuilds: [],
    schedules: schedulesOf(deps, { sessions, links, account, guard, history }),
  }
}

interface Scheduled {
  sessions: Sessions
  links: Links
  account: Account
  guard: LoginGuard
  history: LoginHistory
}

const schedulesOf = (
  { db, clock }: Pick<AccountsDeps, 'clock' | 'db'>,
  { sessions, links, account, guard, history }: Scheduled,
): Schedule[] => [
  { name: 'accounts.sessions', everySeconds: 3600, run: (signal) => sessions.purgeExpired(signal) },
  {
    name: 'accounts.links',
    everySeconds: 3600,
    async run() {
      await links.purge(db.query)
      await deleteOldChanges(db.query, new Date(clock.now()))
      await deleteOldChallenges(db.query, new Date(clock.now()))
    },
  },
  { name: 'accounts.leaving', everySeconds: 600, run: (signal) => account.deleteDue(signal) },
  { name: 'accounts.logins', everySeconds: 3600, run: () => guard.purge() },
  { name: 'accounts.history', everySeconds: 3600, run: () => history.purge() },
]
