import type { UserId, UserSummary } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Mailer } from '../../engines/mailer/port.ts'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Mailboxes } from '../accounts/api.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Graph } from '../graph/api.ts'
import type { ArchivedMediaFiles } from '../media/api.ts'
import type { Members } from '../members/api.ts'
import type { PersonalData } from '../personal.ts'

export interface ArchiveDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  objectStore: ObjectStore
  mailer: Pick<Mailer, 'send'>
  clock: Clock
  logger: Pick<Logger, 'warn'>
  /** Signs links. */
  secret: string
  /** Where people reach us. */
  siteUrl: string
  /** Days that an archive can be downloaded. */
  exportDays: number
  media: ArchivedMediaFiles
  members: Pick<Members, 'own' | 'usernames' | 'privacyFlags'>
  graph: Pick<Graph, 'relations'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  mailboxes: Mailboxes
  community: Pick<CommunityGate, 'instance'>
  /** What all modules tell of a member; asked for when every module stands. */
  personal(): readonly PersonalData[]
}
