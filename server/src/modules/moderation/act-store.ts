import type { ActId, ActKind, ModerationRule, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { CaseName } from './store.ts'

type Handle = Sql | Tx
export type LiftReason = 'appeal' | 'expired' | 'moderator'
export type AppealState = 'open' | 'granted' | 'refused'

export interface ActRow extends CaseName {
  act_id: ActId
  member_id: UserId
  act: ActKind
  rule: ModerationRule
  message: string
  note: string
  partition: string
  excerpt: string
  moderator_id: UserId | null
  /** By itself, as the community has set. */
  automatic: boolean
  created_at: Date
  ends_at: Date | null
  lifted_at: Date | null
}
/** With its appeal, where there is one. */
export interface ToldAct extends ActRow {
  appeal_text: string | null
  appeal_state: AppealState | null
  appeal_answer: string | null
  appealed_at: Date | null
  decided_at: Date | null
}

const names = [
  'act_id',
  'member_id',
  'act',
  'rule',
  'message',
  'note',
  'kind',
  'subject_id',
  'partition',
  'excerpt',
  'moderator_id',
  'automatic',
  'created_at',
  'ends_at',
  'lifted_at',
]
const columns = sql.raw(names.map((name) => `acts.${name}`).join(', '))
const told = sql`
  select ${columns}, appeals.text as appeal_text, appeals.state as appeal_state, appeals.answer as appeal_answer,
    appeals.created_at as appealed_at, appeals.decided_at
  from moderation_acts as acts left join moderation_appeals as appeals on appeals.act_id = acts.act_id`

/** False where the same stands already. */
export async function insertAct(tx: Tx, act: Omit<ActRow, 'lifted_at'>): Promise<boolean> {
  const { rows } = await sql`
    insert into moderation_acts (act_id, member_id, act, rule, message, note, kind, subject_id, partition, excerpt,
      moderator_id, automatic, created_at, ends_at)
    values (${act.act_id}, ${act.member_id}, ${act.act}, ${act.rule}, ${act.message}, ${act.note}, ${act.kind},
      ${act.subject_id}, ${act.partition}, ${act.excerpt}, ${act.moderator_id}, ${act.automatic}, ${act.created_at}, ${act.ends_at})
    on conflict do nothing returning act_id`.execute(tx)
  return rows.length > 0
}

/** Answers the act; undefined where it was lifted before. */
export async function liftAct(
  tx: Tx,
  id: ActId,
  { at, why }: { at: Date; why: LiftReason },
): Promise<ActRow | undefined> {
  const { rows } = await sql<ActRow>`
    update moderation_acts as acts set lifted_at = ${at}, lifted_why = ${why}
    where act_id = ${id} and lifted_at is null returning ${columns}`.execute(tx)
  return rows[0]
}

export async function readActs(db: Handle, ids: readonly ActId[]): Promise<ToldAct[]> {
  const { rows } = await sql<ToldAct>`${told} where acts.act_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** Newest first. */
export async function actsOn(db: Sql, memberId: UserId, limit: number): Promise<ToldAct[]> {
  const { rows } = await sql<ToldAct>`
    ${told} where acts.member_id = ${memberId} order by acts.act_id desc limit ${limit}`.execute(db)
  return rows
}

export async function actsAbout(db: Sql, { kind, subject_id }: CaseName, limit: number): Promise<ToldAct[]> {
  const { rows } = await sql<ToldAct>`
    ${told} where acts.kind = ${kind} and acts.subject_id = ${subject_id}
    order by acts.act_id desc limit ${limit}`.execute(db)
  return rows
}

/** The act that keeps a thing from view until somebody has looked. */
export async function heldBy(tx: Tx, { kind, subject_id }: CaseName): Promise<ActId | undefined> {
  const { rows } = await sql<{ act_id: ActId }>`
    select act_id from moderation_acts
    where kind = ${kind} and subject_id = ${subject_id} and act = 'hold' and lifted_at is null`.execute(tx)
  return rows[0]?.act_id
}

/** The suspension that a member is under. */
export async function suspensionOf(db: Sql, memberId: UserId): Promise<ToldAct | undefined> {
  const { rows } = await sql<ToldAct>`
    ${told} where acts.member_id = ${memberId} and acts.act = 'suspend' and acts.lifted_at is null
    order by acts.act_id desc limit 1`.execute(db)
  return rows[0]
}

/** Acts that stand and count against a member. */
export async function countStrikes(db: Sql, memberId: UserId, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from moderation_acts
    where member_id = ${memberId} and created_at >= ${since} and act not in ('mark_sensitive', 'hold')
      and (lifted_at is null or lifted_why = 'expired')`.execute(db)
  return rows[0]?.count ?? 0
}

export async function endingActs(db: Sql, now: Date, limit: number): Promise<ActId[]> {
  const { rows } = await sql<{ act_id: ActId }>`
    select act_id from moderation_acts where lifted_at is null and ends_at <= ${now}
    order by ends_at limit ${limit}`.execute(db)
  return rows.map((row) => row.act_id)
}

/** Removals older than that whose thing is still kept, unless somebody asks for another look. */
export async function keptTooLong(db: Sql, before: Date, limit: number): Promise<ActId[]> {
  const { rows } = await sql<{ act_id: ActId }>`
    select acts.act_id from moderation_acts as acts
    where act = 'remove' and lifted_at is null and purged_at is null and created_at <= ${before}
      and not exists (select from moderation_appeals where act_id = acts.act_id and state = 'open')
    order by created_at limit ${limit}`.execute(db)
  return rows.map((row) => row.act_id)
}

/** Answers the act; undefined where it was lifted or purged before. */
export async function notePurged(tx: Tx, id: ActId, at: Date): Promise<ActRow | undefined> {
  const { rows } = await sql<ActRow>`
    update moderation_acts as acts set purged_at = ${at}
    where act_id = ${id} and lifted_at is null and purged_at is null returning ${columns}`.execute(tx)
  return rows[0]
}

/** False where one was made before: of two at once one is. */
export async function insertAppeal(
  tx: Tx,
  appeal: { act_id: ActId; member_id: UserId; text: string; created_at: Date },
): Promise<boolean> {
  const { act_id, member_id, text, created_at } = appeal
  const { rows } = await sql`
    insert into moderation_appeals (act_id, member_id, text, state, created_at)
    values (${act_id}, ${member_id}, ${text}, 'open', ${created_at})
    on conflict do nothing returning act_id`.execute(tx)
  return rows.length > 0
}

/** False where it was decided before. */
export async function decideAppeal(
  tx: Tx,
  id: ActId,
  decision: { granted: boolean; answer: string; decided_by: UserId; decided_at: Date },
): Promise<boolean> {
  const { granted, answer, decided_by, decided_at } = decision
  const { rows } = await sql`
    update moderation_appeals set state = ${granted ? 'granted' : 'refused'}, answer = ${answer},
      decided_by = ${decided_by}, decided_at = ${decided_at}
    where act_id = ${id} and state = 'open' returning act_id`.execute(tx)
  return rows.length > 0
}

/** Newest act first. */
export async function pageAppeals(
  db: Sql,
  page: { state: AppealState; before: ActId | undefined; limit: number },
): Promise<ToldAct[]> {
  const { rows } = await sql<ToldAct>`
    ${told} where appeals.state = ${page.state}
      ${page.before === undefined ? sql`` : sql`and acts.act_id < ${page.before}::uuid`}
    order by acts.act_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** What was done with them, what they asked, and that it was they who acted or decided. */
export async function eraseActs(db: Sql | Tx, userId: UserId): Promise<void> {
  await sql`delete from moderation_appeals where member_id = ${userId}`.execute(db)
  await sql`delete from moderation_acts where member_id = ${userId}`.execute(db)
  await sql`update moderation_acts set moderator_id = null where moderator_id = ${userId}`.execute(db)
  await sql`update moderation_appeals set decided_by = null where decided_by = ${userId}`.execute(db)
}

export interface Counted {
  name: string
  count: number
}

/** Since then, by reason, by act and by outcome. */
export async function counts(
  db: Sql,
  since: Date,
): Promise<{ reports: Counted[]; acts: Counted[]; appeals: Counted[] }> {
  const [reports, acts, appeals] = await Promise.all([
    sql<Counted>`select reason as name, count(*)::int as count from moderation_reports
      where created_at >= ${since} group by reason order by count desc, reason`.execute(db),
    sql<Counted>`select act as name, count(*)::int as count from moderation_acts
      where created_at >= ${since} group by act order by count desc, act`.execute(db),
    sql<Counted>`select state as name, count(*)::int as count from moderation_appeals
      where created_at >= ${since} group by state order by count desc, state`.execute(db),
  ])
  return { reports: reports.rows, acts: acts.rows, appeals: appeals.rows }
}
