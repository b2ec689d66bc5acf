import type { AccountStatus, OwnAct, Transparency, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { StaffAccounts } from '../accounts/api.ts'
import { actsOn, counts, type ToldAct } from './act-store.ts'
import { mayAppeal } from './appeals.ts'
import { strikesOf } from './strikes.ts'

const DAY_MS = 86_400_000
const SHOWN = 100

export interface StatusDeps {
  db: Db
  clock: Clock
  staff: Pick<StaffAccounts, 'view'>
}

/** What members are told of what moderators did, and everybody of how much there was. */
export class Status {
  readonly #deps: StatusDeps

  constructor(deps: StatusDeps) {
    this.#deps = deps
  }

  async of(userId: UserId): Promise<AccountStatus> {
    const { db, staff } = this.#deps
    const [acts, { count, days }, member] = await Promise.all([
      actsOn(db.query, userId, SHOWN),
      strikesOf(this.#deps, userId),
      staff.view([userId]),
    ])
    return {
      silenced: member.get(userId)?.is_silenced ?? false,
      strikes: count,
      strike_days: days,
      acts: acts.map((act) => ({ ...toldOf(act), may_appeal: mayAppeal(act) })),
    }
  }

  async transparency(): Promise<Transparency> {
    const since = new Date(this.#deps.clock.now() - 365 * DAY_MS)
    return { ...(await counts(this.#deps.db.query, since)), since: since.toISOString() }
  }
}

/** Of an act, what its member may know. */
export function toldOf(row: ToldAct): Omit<OwnAct, 'may_appeal'> {
  const { act_id, act, rule, automatic, message, kind, subject_id, excerpt } = row
  return {
    act_id,
    act,
    rule,
    automatic,
    message,
    kind,
    subject_id,
    excerpt,
    created_at: row.created_at.toISOString(),
    ends_at: row.ends_at?.toISOString() ?? null,
    lifted_at: row.lifted_at?.toISOString() ?? null,
    appeal: row.appeal_state && {
      text: row.appeal_text ?? '',
      state: row.appeal_state,
      answer: row.appeal_answer ?? '',
      created_at: (row.appealed_at ?? row.created_at).toISOString(),
      decided_at: row.decided_at?.toISOString() ?? null,
    },
  }
}
