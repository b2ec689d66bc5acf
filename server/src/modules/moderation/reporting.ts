import { type Body, limits, type Routes, type SubjectRef, TintypeError, type UserId } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { excerptOf } from '../../text/excerpt.ts'
import { subjectKey } from '../subject.ts'
import type { ModerationDeps } from './deps.ts'
import { type CaseRow, insertReport, openCase, type ReportRow } from './store.ts'

/** Members tell moderators of what they see. */
export class Reporting {
  readonly #deps: ModerationDeps

  constructor(deps: ModerationDeps) {
    this.#deps = deps
  }

  /**
   * Twice is once, as long as the first is open. What the reporter may not see answers like what does not exist. Of a message nothing is
   * kept but what the reporter hands over.
   */
  async report(reporterId: UserId, body: Body<Routes['reports']['create']>): Promise<void> {
    const { db, clock, subjects } = this.#deps
    const { kind, reason, note = '' } = body
    const subject: SubjectRef = { kind, id: body.id, partition: body.partition ?? body.id }
    const moderated = subjects.moderated(kind)
    const seen = await subjects.visible(reporterId, [subject])
    if (!moderated || !seen.has(subjectKey(subject))) throw new TintypeError('not_found')
    const thing = (await moderated.look([subject])).get(subject.id)
    if (!thing) throw new TintypeError('not_found')
    if (thing.member_id === reporterId) throw new TintypeError('forbidden')
    const copy = body.with_copy && moderated.copy ? await moderated.copy(reporterId, subject) : []
    const said = copy.find((one) => one.reported)?.text ?? thing.text
    const { member_id } = thing
    const report = { reporter_id: reporterId, automatic: false, reason, note, copy }
    await db.tx((tx) => fileReport(tx, clock, { subject, member_id, said, ...report }))
  }
}

type Filed = Pick<ReportRow, 'automatic' | 'copy' | 'note' | 'reason' | 'reporter_id'> &
  Pick<CaseRow, 'member_id'> & {
    subject: SubjectRef
    /** What the thing says. */
    said: string
  }

/** A report that nobody made. */
export const byItself = { reporter_id: null, automatic: true, note: '', copy: [] }

/** Puts a report before moderators; nothing where the same one is still open. */
export async function fileReport(
  tx: Tx,
  clock: Clock,
  { subject, member_id, said, ...report }: Filed,
): Promise<void> {
  const name = { kind: subject.kind as CaseRow['kind'], subject_id: subject.id }
  const report_id = newId<string>(clock)
  const created_at = new Date(clock.now())
  if (!(await insertReport(tx, { ...name, ...report, report_id, created_at }))) return
  const excerpt = excerptOf(said, limits.moderationExcerpt)
  await openCase(tx, { ...name, partition: subject.partition, member_id, excerpt, last_report_id: report_id })
}
