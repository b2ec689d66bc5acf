import type { ActId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Subjects } from '../subject.ts'
import { endingActs, eraseActs, keptTooLong, notePurged } from './act-store.ts'
import type { Acting } from './acting.ts'
import type { Audit } from './audit.ts'
import { eraseJudged } from './score-store.ts'
import { readSettings } from './settings-store.ts'
import { eraseSpam } from './spam/spam-store.ts'
import { eraseReports, subjectOf } from './store.ts'

export interface UpkeepDeps {
  db: Db
  clock: Clock
  subjects: Pick<Subjects, 'moderated'>
  acting: Pick<Acting, 'liftIn'>
  audit: Pick<Audit, 'append'>
}

const SOME = 100
const DAY_MS = 86_400_000

/** What time does. */
export class ModerationUpkeep {
  readonly #deps: UpkeepDeps

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** Silences and suspensions whose time is over. */
  async endDue(signal: AbortSignal): Promise<void> {
    const { db, clock, acting } = this.#deps
    await this.#each(
      signal,
      () => endingActs(db.query, new Date(clock.now()), SOME),
      async (id) => {
        await db.tx((tx) => acting.liftIn(tx, id, { why: 'expired', by: null }))
      },
    )
  }

  /** Deletes for good what was removed so long ago that nobody gives it back. */
  async purgeRemoved(signal: AbortSignal): Promise<void> {
    const { db, clock, subjects, audit } = this.#deps
    const { retention_days } = await readSettings(db.query)
    const before = new Date(clock.now() - retention_days * DAY_MS)
    await this.#each(
      signal,
      () => keptTooLong(db.query, before, SOME),
      async (id) => {
        await db.tx(async (tx) => {
          const act = await notePurged(tx, id, new Date(clock.now()))
          if (!act) return
          await subjects.moderated(act.kind)?.purge?.(tx, subjectOf(act))
          const { kind, subject_id, member_id, rule } = act
          const about = { kind, subject_id, member_id, details: { act_id: id } }
          await audit.append(tx, { actor_id: null, action: 'purge', why: rule, ...about })
        })
      },
    )
  }

  /** The log stays: it holds ids that lead nowhere by then. */
  async erase(member: UserId): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      await eraseReports(tx, member)
      await eraseJudged(tx, member)
      await eraseSpam(tx, member)
      await eraseActs(tx, member)
    })
  }

  async #each(
    signal: AbortSignal,
    read: () => Promise<ActId[]>,
    work: (id: ActId) => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const ids = await read()
      for (const id of ids) {
        if (signal.aborted) return
        await work(id)
      }
      if (ids.length < SOME) return
    }
  }
}
