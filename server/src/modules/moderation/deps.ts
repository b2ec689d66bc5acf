import type { MediaId, PictureScore, UserId, UserSummary } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Mailer } from '../../engines/mailer/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Mailboxes, StaffAccounts } from '../accounts/api.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Members, Restraining, Verifying } from '../members/api.ts'
import type { Subjects } from '../subject.ts'
import type { Thresholds } from './thresholds.ts'

export interface ModerationDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  logger: Pick<Logger, 'warn'>
  mailer: Pick<Mailer, 'send'>
  /** Where people reach us. */
  siteUrl: string
  subjects: Pick<Subjects, 'moderated' | 'visible'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  members: Restraining &
    Verifying &
    Pick<Members, 'own'> & { idOf(username: string): Promise<UserId | undefined> }
  staff: StaffAccounts
  mailboxes: Mailboxes
  community: Pick<CommunityGate, 'instance'>
  media: {
    /** What pictures look like, in 64 hexadecimal digits; those that can be told by it. */
    hashes(ids: readonly MediaId[]): Promise<Map<MediaId, string>>
    /** What a program takes them for; those that were looked at. */
    scores(ids: readonly MediaId[]): Promise<PictureScore[]>
  }
  /** What is to follow of these. */
  thresholds: Pick<Thresholds, 'steps'>
}
