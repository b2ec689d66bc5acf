import { limitWith } from '../gateway/rate-limits.ts'
import type { AccountsModule } from '../modules/accounts/module.ts'
import { AppTokens, appsModule } from '../modules/apps/module.ts'
import type { Ground } from './ground.ts'

type AppsDeps = Parameters<typeof appsModule>[0]

/** Of which accounts know as well. */
export const appTokens = ({ config, engines, clock, vault }: Ground) =>
  new AppTokens({ db: engines.db, clock, secret: config.secret, vault })

/** What other programs do in members' names. */
export const wireApps = (
  { config, engines, clock }: Ground,
  tokens: AppTokens,
  { members, accounts }: Pick<AppsDeps, 'members'> & { accounts: AccountsModule },
) =>
  appsModule({
    db: engines.db,
    outbox: engines.outbox,
    clock,
    tokens,
    members,
    accounts: accounts.service,
    limit: limitWith(engines.rateLimiter, config.rateLimitMultiplier),
    publicUrl: config.publicUrl,
    registration: config.appRegistration,
  })
