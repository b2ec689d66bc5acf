import { accountsReader } from '../modules/accounts/module.ts'
import { archivesModule } from '../modules/archives/module.ts'
import type { communityModule } from '../modules/community/module.ts'
import type { graphModule } from '../modules/graph/module.ts'
import type { MediaModule } from '../modules/media/module.ts'
import type { membersReader } from '../modules/members/module.ts'
import type { PersonalData } from '../modules/personal.ts'
import type { People } from '../views/people.ts'
import type { Ground } from './ground.ts'

interface TakenAlong {
  media: MediaModule
  members: ReturnType<typeof membersReader>
  people: People
  graph: ReturnType<typeof graphModule>
  community: ReturnType<typeof communityModule>
}

/** What members take along: all that any module tells of them. */
export function wireArchives(
  { config, engines, clock, logger, vault }: Ground,
  { media, members, people, graph, community }: TakenAlong,
  personal: () => readonly PersonalData[],
) {
  return archivesModule({
    ...engines,
    clock,
    logger,
    secret: config.secret,
    siteUrl: config.siteUrl,
    exportDays: config.exportDays,
    media: media.archiving,
    members,
    people,
    graph: graph.service,
    mailboxes: accountsReader({ db: engines.db, clock, vault }),
    community: community.service,
    personal,
  })
}
