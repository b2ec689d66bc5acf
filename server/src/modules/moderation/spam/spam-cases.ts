import type { Events } from '@tintype/contract'
import type { ModerationDeps } from '../deps.ts'
import { byItself, fileReport } from '../reporting.ts'
import { readSettings } from '../settings-store.ts'
import type { CaseName } from '../store.ts'
import { featuresOf, nothingKnown } from './features.ts'
import { train } from './model.ts'
import { addModel, addScore, decidedTexts, newestModel } from './spam-store.ts'

type SpamDeps = Pick<ModerationDeps, 'db' | 'clock' | 'outbox' | 'subjects'>

/** Decisions that are learned from, the newest. */
const EXAMPLES = 2000

/** What was held as spam, for moderators; and what their decisions teach. */
export class SpamCases {
  readonly #deps: SpamDeps

  constructor(deps: SpamDeps) {
    this.#deps = deps
  }

  /** Notes what it was held for and, from the community's threshold on, brings it before moderators; once. */
  async report(found: Events['moderation.spam_found']): Promise<void> {
    const { db, clock, subjects } = this.#deps
    const { subject, user_id: member_id, score } = found
    const { spam_queue } = await readSettings(db.query)
    const thing = (await subjects.moderated(subject.kind)?.look([subject]))?.get(subject.id)
    await db.tx(async (tx) => {
      const isNew = await addScore(tx, { kind: subject.kind, subject_id: subject.id } as CaseName, found)
      if (!isNew || !thing || spam_queue === null || score < spam_queue) return
      // What was said between members stays between them.
      const said = subject.kind === 'message' ? '' : thing.text
      await fileReport(tx, clock, { subject, member_id, said, reason: 'spam', ...byItself })
    })
  }

  /** Learns from what moderators decided; answers from how many texts, 0 where there are too few. */
  async train(): Promise<number> {
    const { db, clock, outbox } = this.#deps
    const decided = await decidedTexts(db.query, EXAMPLES)
    const examples = decided.map(({ text, features, isSpam }) => ({
      text,
      features: features ?? featuresOf(text, nothingKnown),
      isSpam,
    }))
    const version = ((await newestModel(db.query))?.version ?? 0) + 1
    const model = train(examples, version)
    if (!model) return 0
    return db.tx(async (tx) => {
      if (!(await addModel(tx, model, examples.length, new Date(clock.now())))) return 0
      await outbox.append(tx, [{ type: 'moderation.spam_changed', payload: { version } }])
      return examples.length
    })
  }
}
