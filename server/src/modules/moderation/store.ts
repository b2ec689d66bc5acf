import type { ModerationRule, ReportableKind, SubjectRef, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import { idTime } from '../../kit/ids.ts'
import type { CopiedText } from '../subject.ts'

type Handle = Sql | Tx

export interface CaseName {
  kind: ReportableKind
  subject_id: string
}
export interface CaseRow extends CaseName {
  partition: string
  member_id: UserId
  state: 'open' | 'closed'
  assignee_id: UserId | null
  excerpt: string
  last_report_id: string
}
export interface ReportRow extends CaseName {
  report_id: string
  reporter_id: UserId | null
  reason: ModerationRule
  note: string
  copy: CopiedText[]
  /** Nobody's: it was recognised. */
  automatic: boolean
  is_open: boolean
  created_at: Date
}

const caseColumns = sql`kind, subject_id, partition, member_id, state, assignee_id, excerpt, last_report_id`

/** False where the reporter's report of it, or the one that is nobody's, is still open. */
export async function insertReport(tx: Tx, report: Omit<ReportRow, 'is_open'>): Promise<boolean> {
  const { kind, subject_id, report_id, reporter_id, reason, note, copy, automatic, created_at } = report
  const { rows } = await sql`
    insert into moderation_reports (
      kind, subject_id, report_id, reporter_id, reason, note, copy, automatic, is_open, created_at)
    values (${kind}, ${subject_id}, ${report_id}, ${reporter_id}, ${reason}, ${note},
            ${JSON.stringify(copy)}::text::jsonb, ${automatic}, true, ${created_at})
    on conflict do nothing
    returning report_id`.execute(tx)
  return rows.length > 0
}

export async function openCase(
  tx: Tx,
  opened: Pick<CaseRow, 'kind' | 'subject_id' | 'partition' | 'member_id' | 'excerpt' | 'last_report_id'>,
): Promise<void> {
  const { kind, subject_id, partition, member_id, excerpt, last_report_id } = opened
  await sql`
    insert into moderation_cases (kind, subject_id, partition, member_id, state, excerpt, last_report_id)
    values (${kind}, ${subject_id}, ${partition}, ${member_id}, 'open', ${excerpt}, ${last_report_id})
    on conflict (kind, subject_id) do update set
      assignee_id = case when moderation_cases.state = 'open' then moderation_cases.assignee_id end,
      state = 'open', last_report_id = greatest(moderation_cases.last_report_id, excluded.last_report_id),
      excerpt = case when excluded.excerpt = '' then moderation_cases.excerpt else excluded.excerpt end`.execute(
    tx,
  )
}

export async function readCase(db: Handle, { kind, subject_id }: CaseName): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from moderation_cases where kind = ${kind} and subject_id = ${subject_id}`.execute(
    db,
  )
  return rows[0]
}

/** Of two who decide at once the second finds it closed. */
export async function lockCase(tx: Tx, { kind, subject_id }: CaseName): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from moderation_cases where kind = ${kind} and subject_id = ${subject_id}
    for update`.execute(tx)
  return rows[0]
}

/** With all its reports. */
export async function closeCase(tx: Tx, { kind, subject_id }: CaseName): Promise<void> {
  await sql`
    with reports as (
      update moderation_reports set is_open = false
      where kind = ${kind} and subject_id = ${subject_id} and is_open
    )
    update moderation_cases set state = 'closed'
    where kind = ${kind} and subject_id = ${subject_id}`.execute(tx)
}

/** Answers the case as it is then. */
export async function assignCase(
  db: Sql,
  { kind, subject_id }: CaseName,
  assigneeId: UserId | null,
): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRow>`
    update moderation_cases set assignee_id = ${assigneeId}
    where kind = ${kind} and subject_id = ${subject_id} returning ${caseColumns}`.execute(db)
  return rows[0]
}

export interface QueuePage {
  state: CaseRow['state']
  kind: ReportableKind | undefined
  assignee: UserId | undefined
  before: string | undefined
  limit: number
}

/** Last reported first. */
export async function pageCases(db: Sql, page: QueuePage): Promise<CaseRow[]> {
  const { state, kind, assignee, before, limit } = page
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from moderation_cases
    where state = ${state}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${assignee === undefined ? sql`` : sql`and assignee_id = ${assignee}`}
      ${before === undefined ? sql`` : sql`and last_report_id < ${before}::uuid`}
    order by last_report_id desc limit ${limit}`.execute(db)
  return rows
}

/** About a member and what is theirs, last reported first. */
export async function casesOf(db: Sql, memberId: UserId, limit: number): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from moderation_cases where member_id = ${memberId}
    order by last_report_id desc limit ${limit}`.execute(db)
  return rows
}

export interface ReasonCount extends CaseName {
  reason: ModerationRule
  is_open: boolean
  count: number
}

/** Of each case, by reason. */
export async function countReasons(db: Sql, cases: readonly CaseName[]): Promise<ReasonCount[]> {
  if (cases.length === 0) return []
  const { rows } = await sql<ReasonCount>`
    select kind, subject_id, reason, is_open, count(*)::int as count from moderation_reports
    where (kind, subject_id) in (select * from unnest(
      ${cases.map((one) => one.kind)}::text[], ${cases.map((one) => one.subject_id)}::uuid[]))
    group by kind, subject_id, reason, is_open order by count desc, reason`.execute(db)
  return rows
}

/** Newest first. */
export async function reportsOf(
  db: Sql,
  { kind, subject_id }: CaseName,
  limit: number,
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select kind, subject_id, report_id, reporter_id, reason, note, copy, automatic, is_open, created_at
    from moderation_reports where kind = ${kind} and subject_id = ${subject_id}
    order by report_id desc limit ${limit}`.execute(db)
  return rows
}

/** Who reported, what of theirs was reported, and what they wrote in what others handed over. */
export async function eraseReports(db: Sql | Tx, userId: UserId): Promise<void> {
  await sql`
    delete from moderation_reports where (kind, subject_id) in
      (select kind, subject_id from moderation_cases where member_id = ${userId})`.execute(db)
  await sql`
    delete from recognised_pictures where (kind, subject_id) in
      (select kind, subject_id from moderation_cases where member_id = ${userId})`.execute(db)
  await sql`delete from moderation_cases where member_id = ${userId}`.execute(db)
  await sql`update moderation_cases set assignee_id = null where assignee_id = ${userId}`.execute(db)
  await sql`
    update moderation_reports set reporter_id = null, note = '' where reporter_id = ${userId}`.execute(db)
  await sql`
    update moderation_reports set copy = coalesce((
      select jsonb_agg(one) filter (where one->>'sender_id' is distinct from ${userId}::text)
      from jsonb_array_elements(copy) as one), '[]')
    where strpos(copy::text, ${userId}::text) > 0`.execute(db)
}

export const subjectOf = ({ kind, subject_id, partition }: CaseName & { partition: string }): SubjectRef => ({
  kind,
  id: subject_id,
  partition,
})

/** When a thing was last reported stands in the report's id. */
export const reportedAt = ({ last_report_id }: Pick<CaseRow, 'last_report_id'>): Date =>
  new Date(idTime(last_report_id))
