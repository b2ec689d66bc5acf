import { type AccountsModule, accountsReader } from '../modules/accounts/module.ts'
import type { communityModule } from '../modules/community/module.ts'
import type { MediaModule } from '../modules/media/module.ts'
import type { membersModule } from '../modules/members/module.ts'
import { moderationModule, type Thresholds } from '../modules/moderation/module.ts'
import type { Subjects } from '../modules/subject.ts'
import type { People } from '../views/people.ts'
import type { Ground } from './ground.ts'

interface LookedAfter {
  members: ReturnType<typeof membersModule>
  accounts: AccountsModule
  community: ReturnType<typeof communityModule>
  media: Pick<MediaModule, 'hashes' | 'scores'>
  thresholds: Thresholds
}

/** Who looks after all of them. */
export function wireModeration(
  { config, engines, clock, logger, vault }: Ground,
  people: People,
  subjects: Subjects,
  { members, accounts, community, media, thresholds }: LookedAfter,
) {
  return moderationModule({
    ...engines,
    clock,
    logger,
    siteUrl: config.siteUrl,
    subjects,
    people,
    members: members.service,
    staff: accounts.service,
    mailboxes: accountsReader({ db: engines.db, clock, vault }),
    community: community.service,
    media,
    thresholds,
  })
}
