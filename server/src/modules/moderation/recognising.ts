import { type ActId, attachedTo, type Events } from '@tintype/contract'
import { readActs } from './act-store.ts'
import type { ModerationDeps } from './deps.ts'
import { addKnown, addRecognised, dropKnown } from './picture-store.ts'
import { byItself, fileReport } from './reporting.ts'
import { type CaseName, subjectOf } from './store.ts'

type RecognisingDeps = Pick<ModerationDeps, 'db' | 'clock' | 'outbox' | 'subjects' | 'media'>

/** Pictures that were removed are known from then on, until the act is taken back; what looks like them comes before moderators. */
export class Recognising {
  readonly #deps: RecognisingDeps

  constructor(deps: RecognisingDeps) {
    this.#deps = deps
  }

  async learn(id: ActId): Promise<void> {
    const { db, subjects, media } = this.#deps
    const [act] = await readActs(db.query, [id])
    if (act?.act !== 'remove') return
    const thing = (await subjects.moderated(act.kind)?.look([subjectOf(act)]))?.get(act.subject_id)
    const hashes = await media.hashes((thing?.media ?? []).map(({ media_id }) => media_id))
    if (hashes.size > 0) await this.#change(id, (tx) => addKnown(tx, id, hashes))
  }

  forget(id: ActId): Promise<void> {
    return this.#change(id, (tx) => dropKnown(tx, id))
  }

  async #change(act_id: ActId, change: (tx: Parameters<typeof dropKnown>[0]) => Promise<boolean>) {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (await change(tx))
        await outbox.append(tx, [{ type: 'moderation.pictures_changed', payload: { act_id } }])
    })
  }

  /** Reports it, once for each act; what stands between some members alone moderators do not look at. */
  async report(recognised: Events['media.recognised']): Promise<void> {
    const { db, clock, subjects } = this.#deps
    const { act_id, bits } = recognised
    const subject = attachedTo(recognised)
    const thing = (await subjects.moderated(subject.kind)?.look([subject]))?.get(subject.id)
    const [act] = await readActs(db.query, [act_id])
    if (!thing || !act || subject.kind === 'message') return
    const name = { kind: subject.kind, subject_id: subject.id } as CaseName
    const { member_id, text: said } = thing
    await db.tx(async (tx) => {
      if (await addRecognised(tx, name, { act_id, bits }))
        await fileReport(tx, clock, { subject, member_id, said, reason: act.rule, ...byItself })
    })
  }
}
