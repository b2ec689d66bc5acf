import type { communityModule } from '../modules/community/module.ts'
import { factorsModule } from '../modules/factors/module.ts'
import type { membersModule } from '../modules/members/module.ts'
import type { Ground } from './ground.ts'

/** Second factors and passkeys. */
export const wireFactors = (
  { config, clock, vault, engines: { db, outbox } }: Ground,
  members: ReturnType<typeof membersModule>,
  community: ReturnType<typeof communityModule>,
) =>
  factorsModule({
    db,
    outbox,
    clock,
    vault,
    secret: config.secret,
    publicUrl: config.publicUrl,
    members: members.service,
    community: community.service,
  })
