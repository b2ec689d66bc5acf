import { type ActId, type SuspensionDetails, TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import type { StaffAccounts } from '../accounts/api.ts'
import { decideAppeal, insertAppeal, readActs, suspensionOf, type ToldAct } from './act-store.ts'
import type { Acting } from './acting.ts'
import type { Audit } from './audit.ts'

export interface AppealDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  staff: Pick<StaffAccounts, 'hasOthers'>
  acting: Pick<Acting, 'liftIn'>
  audit: Pick<Audit, 'append'>
}

/** A member asks for another look at an act, once; somebody else than who acted decides. */
export class Appeals {
  readonly #deps: AppealDeps

  constructor(deps: AppealDeps) {
    this.#deps = deps
  }

  /** What keeps a member out. */
  async suspension(
    userId: UserId,
  ): Promise<(Omit<SuspensionDetails, 'ticket'> & { act_id: ActId }) | undefined> {
    const act = await suspensionOf(this.#deps.db.query, userId)
    if (!act) return undefined
    const { act_id, rule, message, ends_at, appeal_state } = act
    return {
      act_id,
      rule,
      message,
      until: ends_at?.toISOString() ?? null,
      appeal: appeal_state ?? 'possible',
    }
  }

  /** Rejects with `not_found` unless the act is theirs and stands, with `appealed_already` the second time. */
  async appeal(userId: UserId, id: ActId, text: string): Promise<void> {
    const { db, clock, audit } = this.#deps
    const [act] = await readActs(db.query, [id])
    if (act?.member_id !== userId) throw new TintypeError('not_found')
    if (act.appeal_state !== null) throw new TintypeError('appealed_already')
    if (!mayAppeal(act)) throw new TintypeError('not_found')
    const created_at = new Date(clock.now())
    await db.tx(async (tx) => {
      if (!(await insertAppeal(tx, { act_id: id, member_id: userId, text, created_at })))
        throw new TintypeError('appealed_already')
      const { kind, subject_id } = act
      const about = { kind, subject_id, member_id: userId }
      const fact = { actor_id: userId, action: 'appeal', why: act.rule, details: { act_id: id } }
      await audit.append(tx, { ...fact, ...about })
    })
  }

  /** Granted, the act is taken back by it. */
  async decide(
    moderator: Viewer,
    id: ActId,
    { granted, answer = '' }: { granted: boolean; answer?: string },
  ): Promise<void> {
    const { db, clock, outbox, staff, acting, audit } = this.#deps
    const [act] = await readActs(db.query, [id])
    if (!act || act.appeal_state === null) throw new TintypeError('not_found')
    const { member_id, moderator_id, kind, subject_id, rule } = act
    const by = moderator.user_id
    if (by === member_id) throw new TintypeError('appeal_own_act')
    if (by === moderator_id && (await staff.hasOthers([by, member_id])))
      throw new TintypeError('appeal_own_act')
    await db.tx(async (tx) => {
      const decided_at = new Date(clock.now())
      if (!(await decideAppeal(tx, id, { granted, answer, decided_by: by, decided_at })))
        throw new TintypeError('appeal_decided')
      if (granted) await acting.liftIn(tx, id, { why: 'appeal', by, rule })
      else {
        const payload = { act_id: id, user_id: member_id }
        await outbox.append(tx, [{ type: 'moderation.appeal_refused', payload }])
      }
      const action = granted ? 'grant_appeal' : 'refuse_appeal'
      const fact = { actor_id: by, action, why: rule, details: { act_id: id } }
      await audit.append(tx, { ...fact, member_id, kind, subject_id })
    })
  }
}

/** What stands, and was not looked at twice. */
export const mayAppeal = ({
  lifted_at,
  appeal_state,
}: Pick<ToldAct, 'lifted_at' | 'appeal_state'>): boolean => lifted_at === null && appeal_state === null
