import { attachedTo, type Events, limits, type PictureScore } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import { excerptOf } from '../../text/excerpt.ts'
import type { LookedAt } from '../subject.ts'
import type { Acting } from './acting.ts'
import type { ModerationDeps } from './deps.ts'
import { byItself, fileReport } from './reporting.ts'
import { addJudged } from './score-store.ts'
import type { CaseName } from './store.ts'
import type { Steps } from './thresholds.ts'

type JudgingDeps = Pick<ModerationDeps, 'db' | 'clock' | 'subjects' | 'media' | 'thresholds'> & {
  acting: Pick<Acting, 'actByItself'>
}
type Step = keyof Steps

/** What follows of the scores of pictures, as far as the community has set it. Each step follows once of each picture. */
export class Judging {
  readonly #deps: JudgingDeps

  constructor(deps: JudgingDeps) {
    this.#deps = deps
  }

  /** Rejects while the thing is still made: it is asked again. */
  async judge(scored: Events['media.scored']): Promise<void> {
    const { db, subjects, media, thresholds } = this.#deps
    const subject = attachedTo(scored)
    const moderated = subjects.moderated(subject.kind)
    const thing = (await moderated?.look([subject]))?.get(subject.id)
    const [top] = (await media.scores(scored.media_ids)).toSorted((a, b) => b.score - a.score)
    if (!moderated || !thing || !top || thing.removed) return
    const reached = stepsFor(await thresholds.steps(), top.score, {
      canCover: moderated.mark !== undefined,
      canHold: moderated.remove !== undefined,
    })
    if (reached.length > 0) await db.tx((tx) => this.#follow(tx, { subject, thing, top, reached }))
  }

  async #follow(tx: Tx, { subject, thing, top, reached }: Judged): Promise<void> {
    const { clock, acting } = this.#deps
    const { member_id, text } = thing
    const name = { kind: subject.kind, subject_id: subject.id } as CaseName
    const fresh = await addJudged(
      tx,
      { ...name, member_id, media_id: top.media_id, score: top.score },
      reached,
    )
    const target = { member_id, subject, excerpt: excerptOf(text, limits.moderationExcerpt) }
    const details = { automatic: true, score: top.score, model: top.model }
    if (fresh.has('queue')) {
      await fileReport(tx, clock, { subject, member_id, said: text, reason: 'nudity', ...byItself })
    }
    if (fresh.has('mark'))
      await acting.actByItself(tx, target, { act: 'mark_sensitive', rule: 'nudity', details })
    if (fresh.has('hold')) await acting.actByItself(tx, target, { act: 'hold', rule: 'nudity', details })
  }
}

interface Judged {
  subject: ReturnType<typeof attachedTo>
  thing: LookedAt
  top: PictureScore
  reached: readonly Step[]
}

/** What is held comes before moderators too, and is not covered besides; what cannot be covered or held comes before them instead. */
export function stepsFor(
  { mark, queue, hold }: Steps,
  score: number,
  { canCover, canHold }: { canCover: boolean; canHold: boolean },
): Step[] {
  const reaches = (threshold: number | null) => threshold !== null && score >= threshold
  if (reaches(hold)) return canHold ? ['queue', 'hold'] : ['queue']
  const steps: Step[] = reaches(queue) || (reaches(mark) && !canCover) ? ['queue'] : []
  return reaches(mark) && canCover ? [...steps, 'mark'] : steps
}
