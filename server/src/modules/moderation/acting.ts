import {
  type ActId,
  type ActKind,
  type Body,
  holdsRole,
  type ModerationRule,
  type ModeratorAct,
  type Routes,
  type SessionId,
  type SubjectRef,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import { newId } from '../../kit/ids.ts'
import { heldBy, insertAct, type LiftReason, liftAct, readActs } from './act-store.ts'
import type { Audit } from './audit.ts'
import type { AuditFact } from './audit-store.ts'
import type { ModerationDeps } from './deps.ts'
import { type CaseName, type CaseRow, closeCase, lockCase, readCase, subjectOf } from './store.ts'

type NewAct = Body<Routes['moderation']['act']>
interface Target {
  member_id: UserId
  subject: SubjectRef
  excerpt: string
}

const DAY_MS = 86_400_000
const onContent = (act: ModeratorAct): boolean => act === 'remove' || act === 'mark_sensitive'

/**
 * What moderators do. An act, what it changes, what its member is told and its entry in the log are one transaction. Of two moderators
 * who decide one case at once the second finds it closed; what stands already is not done again.
 */
export class Acting {
  readonly #deps: ModerationDeps
  readonly #audit: Pick<Audit, 'append'>

  constructor(deps: ModerationDeps, audit: Pick<Audit, 'append'>) {
    this.#deps = deps
    this.#audit = audit
  }

  /** What can be done with a thing of that kind. */
  possible(kind: string): ModeratorAct[] {
    const moderated = this.#deps.subjects.moderated(kind)
    return [
      ...(moderated?.remove ? (['remove'] as const) : []),
      ...(moderated?.mark ? (['mark_sensitive'] as const) : []),
      'warn',
      'silence',
      'suspend',
    ]
  }

  /** Decides an open case. */
  async decide(moderator: Viewer, name: CaseName, body: NewAct): Promise<void> {
    const known = await readCase(this.#deps.db.query, name)
    if (!known) throw new TintypeError('not_found')
    const { member_id, excerpt } = known
    await this.#act(moderator, body, { member_id, subject: subjectOf(known), excerpt }, async (tx) => {
      await closeOpen(tx, name)
      await this.#endHold(tx, name, moderator)
    })
  }

  actOnMember(moderator: Viewer, member_id: UserId, body: NewAct): Promise<void> {
    const subject = { kind: 'member', id: member_id, partition: member_id }
    return this.#act(moderator, body, { member_id, subject, excerpt: '' }, async () => {})
  }

  /** Answers how many were open. */
  async dismiss(moderator: Viewer, names: readonly CaseName[]): Promise<number> {
    let dismissed = 0
    for (const name of names) {
      const isDone = await this.#deps.db.tx(async (tx) => {
        const found = await lockCase(tx, name)
        if (found?.state !== 'open') return false
        await closeCase(tx, name)
        const held = await heldBy(tx, name)
        if (held) await this.liftIn(tx, held, { why: 'moderator', by: moderator.user_id })
        const { kind, subject_id, member_id } = found
        const about = { kind, subject_id, member_id }
        await this.#audit.append(tx, {
          actor_id: moderator.user_id,
          action: 'dismiss',
          ...about,
          why: 'no_breach',
        })
        return true
      })
      if (isDone) dismissed++
    }
    return dismissed
  }

  /** `first` is done before all else in the transaction. */
  async #act(
    moderator: Viewer,
    body: NewAct,
    { member_id, subject, excerpt }: Target,
    first: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { db, clock, outbox, staff } = this.#deps
    await this.#assertMayActOn(moderator, member_id)
    const { act, rule, message = '', note = '' } = body
    const created_at = new Date(clock.now())
    const isTimed = body.days !== undefined && (act === 'silence' || act === 'suspend')
    const ends_at = isTimed ? new Date(clock.now() + (body.days ?? 0) * DAY_MS) : null
    const act_id = newId<ActId>(clock)
    const ended = await db.tx(async (tx) => {
      await first(tx)
      const written = await insertAct(tx, {
        act_id,
        member_id,
        act,
        rule,
        message,
        note,
        kind: subject.kind as CaseRow['kind'],
        subject_id: subject.id,
        partition: subject.partition,
        excerpt,
        moderator_id: moderator.user_id,
        automatic: false,
        created_at,
        ends_at,
      })
      if (!written) throw new TintypeError('act_in_force')
      const sessions = await this.#apply(tx, { act, member_id, subject, ends_at })
      await outbox.append(tx, [{ type: 'moderation.acted', payload: { act_id, user_id: member_id } }])
      await this.#note(tx, {
        actor_id: moderator.user_id,
        action: act,
        member_id,
        subject,
        why: rule,
        details: { act_id, ends_at: ends_at?.toISOString() ?? null },
      })
      return sessions
    })
    await staff.tellEnded(ended)
  }

  /**
   * What the community has set to happen by itself, within the transaction of what calls for it. Nothing where it stands already, or is so
   * anyway: what an author covers is theirs.
   */
  async actByItself(
    tx: Tx,
    { member_id, subject, excerpt }: Target,
    { act, rule, details }: ByItself,
  ): Promise<void> {
    const { clock, outbox, subjects } = this.#deps
    const moderated = subjects.moderated(subject.kind)
    const isDone =
      act === 'hold' ? await moderated?.remove?.(tx, subject) : await moderated?.mark?.(tx, subject, true)
    if (!isDone) return
    const act_id = newId<ActId>(clock)
    const kind = subject.kind as CaseRow['kind']
    const about = { kind, subject_id: subject.id, partition: subject.partition, member_id }
    const said = { rule, message: '', note: '', excerpt, moderator_id: null, automatic: true }
    const times = { created_at: new Date(clock.now()), ends_at: null }
    if (!(await insertAct(tx, { act_id, act, ...about, ...said, ...times }))) return
    await outbox.append(tx, [{ type: 'moderation.acted', payload: { act_id, user_id: member_id } }])
    const fact = { actor_id: null, action: act, member_id, subject, why: rule }
    await this.#note(tx, { ...fact, details: { act_id, ...details } })
  }

  /** A moderator has looked: what they do is done with what stands there again. Who is told of that act needs no word of this one. */
  async #endHold(tx: Tx, name: CaseName, moderator: Viewer): Promise<void> {
    const held = await heldBy(tx, name)
    const row = held && (await liftAct(tx, held, { at: new Date(this.#deps.clock.now()), why: 'moderator' }))
    if (!row) return
    const { act, act_id, member_id, rule: why } = row
    const subject = subjectOf(row)
    await this.#undo(tx, { act, member_id, subject })
    const fact = { actor_id: moderator.user_id, action: 'lift_hold', member_id, subject, why }
    await this.#note(tx, { ...fact, details: { act_id } })
  }

  /** Takes an act back, within the transaction of what has it taken back. False where it was before. */
  async liftIn(
    tx: Tx,
    id: ActId,
    { why, by, rule }: { why: LiftReason; by: UserId | null; rule?: ModerationRule },
  ): Promise<boolean> {
    const { clock, outbox } = this.#deps
    const row = await liftAct(tx, id, { at: new Date(clock.now()), why })
    if (!row) return false
    const { act, member_id, act_id } = row
    const subject = subjectOf(row)
    await this.#undo(tx, { act, member_id, subject })
    await outbox.append(tx, [{ type: 'moderation.lifted', payload: { act_id, user_id: member_id, why } }])
    const action = `lift_${act}`
    await this.#note(tx, { actor_id: by, action, member_id, subject, why: rule ?? why, details: { act_id } })
    return true
  }

  /** Rejects with `not_found` where it was taken back before, or ended. */
  async lift(moderator: Viewer, id: ActId): Promise<void> {
    const { db } = this.#deps
    const [known] = await readActs(db.query, [id])
    if (!known) throw new TintypeError('not_found')
    await this.#assertMayActOn(moderator, known.member_id)
    await db.tx(async (tx) => {
      if (!(await this.liftIn(tx, id, { why: 'moderator', by: moderator.user_id })))
        throw new TintypeError('not_found')
    })
  }

  /** Nobody acts on themself, nor on who has as much to say as they. */
  async #assertMayActOn(moderator: Viewer, memberId: UserId): Promise<void> {
    const member = (await this.#deps.staff.view([memberId])).get(memberId)
    if (!member) throw new TintypeError('not_found')
    const isAbove = !holdsRole(member.role, moderator.role)
    if (memberId === moderator.user_id || !isAbove) throw new TintypeError('forbidden')
  }

  /** Answers the sessions that ended by it. */
  async #apply(tx: Tx, { act, member_id, subject, ends_at }: Applied): Promise<SessionId[]> {
    const { members, outbox, staff, subjects } = this.#deps
    const moderated = subjects.moderated(subject.kind)
    if (onContent(act)) {
      const isDone =
        act === 'remove' ? await moderated?.remove?.(tx, subject) : await moderated?.mark?.(tx, subject, true)
      if (!isDone) throw new TintypeError('act_impossible')
    }
    if (act === 'silence') {
      await members.silence(tx, member_id, true)
      await outbox.append(tx, [{ type: 'user.reach_changed', payload: { user_id: member_id } }])
    }
    if (act !== 'suspend') return []
    const ended = await staff.endSessionsIn(tx, member_id)
    await members.suspend(tx, member_id, ends_at)
    await outbox.append(tx, [{ type: 'user.hidden', payload: { user_id: member_id } }])
    return ended
  }

  async #undo(tx: Tx, { act, member_id, subject }: Undone): Promise<void> {
    const { members, outbox, subjects } = this.#deps
    const moderated = subjects.moderated(subject.kind)
    const payload = { user_id: member_id }
    switch (act) {
      case 'remove':
      case 'hold':
        await moderated?.restore?.(tx, subject)
        return
      case 'mark_sensitive':
        await moderated?.mark?.(tx, subject, false)
        return
      case 'silence':
        await members.silence(tx, member_id, false)
        return outbox.append(tx, [{ type: 'user.reach_changed', payload }])
      case 'suspend':
        await members.endSuspension(tx, member_id)
        return outbox.append(tx, [{ type: 'user.shown', payload }])
      case 'warn':
        return
    }
  }

  #note(tx: Tx, { subject, ...fact }: Omit<AuditFact, 'kind' | 'subject_id'> & { subject: SubjectRef }) {
    return this.#audit.append(tx, { ...fact, kind: subject.kind, subject_id: subject.id })
  }
}

type Undone = Pick<Applied, 'member_id' | 'subject'> & { act: ActKind }

interface ByItself {
  act: 'mark_sensitive' | 'hold'
  rule: ModerationRule
  details: AuditFact['details']
}

interface Applied {
  act: ModeratorAct
  member_id: UserId
  subject: SubjectRef
  ends_at: Date | null
}

async function closeOpen(tx: Tx, name: CaseName): Promise<void> {
  const found = await lockCase(tx, name)
  if (!found) throw new TintypeError('not_found')
  if (found.state !== 'open') throw new TintypeError('case_closed')
  await closeCase(tx, name)
}
