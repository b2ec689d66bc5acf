import type { AccountsModule } from '../modules/accounts/module.ts'
import type { communityModule } from '../modules/community/module.ts'
import { openIdModule } from '../modules/openid/module.ts'
import type { Ground } from './ground.ts'

/** Log-ins at another place. */
export const wireOpenId = (
  { config, clock, logger, vault, engines: { db, outbox } }: Ground,
  accounts: AccountsModule,
  community: ReturnType<typeof communityModule>,
) =>
  openIdModule({
    db,
    outbox,
    clock,
    logger,
    vault,
    publicUrl: config.publicUrl,
    openId: config.openId,
    entrance: accounts.entrance,
    beginSession: accounts.beginSession,
    community: community.service,
  })
