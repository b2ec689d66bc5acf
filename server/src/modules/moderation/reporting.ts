import { type Body, limits, type Routes, type SubjectRef, TintypeError, type UserId } from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import { excerptOf } from '../../text/excerpt.ts'
import { subjectKey } from '../subject.ts'
import type { ModerationDeps } from './deps.ts'
import { insertReport, openCase } from './store.ts'

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
    const name = { kind, subject_id: subject.id }
    const report_id = newId<string>(clock)
    const created_at = new Date(clock.now())
    await db.tx(async (tx) => {
      const report = {
        ...name,
        report_id,
        reporter_id: reporterId,
        reason,
        note,
        copy,
        automatic: false,
        created_at,
      }
      if (!(await insertReport(tx, report))) return
      const excerpt = excerptOf(said, limits.moderationExcerpt)
      const { partition } = subject
      const member_id = thing.member_id
      await openCase(tx, { ...name, partition, member_id, excerpt, last_report_id: report_id })
    })
  }
}
