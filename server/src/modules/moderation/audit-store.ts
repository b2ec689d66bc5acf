import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

/** By ids alone: no name, no text that somebody wrote. */
export interface AuditFact {
  /** Null: time did it. */
  actor_id: UserId | null
  action: string
  member_id?: UserId
  kind?: string
  subject_id?: string
  /** A rule of the house, or a word of ours. */
  why: string
  details?: Readonly<Record<string, string | number | boolean | null>>
}
export interface AuditRow {
  seq: number
  at: Date
  actor_id: UserId | null
  action: string
  member_id: UserId | null
  kind: string | null
  subject_id: string | null
  why: string
  details: Record<string, unknown>
  previous: Uint8Array
  hash: Uint8Array
}

const columns = sql`seq, at, actor_id, action, member_id, kind, subject_id, why, details, previous, hash`

/** From here to the end of the transaction nobody else adds to the log; answers its end. */
export async function lockChain(tx: Tx): Promise<Pick<AuditRow, 'seq' | 'hash'> | undefined> {
  await lock(tx, 'moderation_audit')
  const { rows } = await sql<{ seq: number; hash: Uint8Array }>`
    select seq, hash from moderation_audit order by seq desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertEntry(tx: Tx, row: AuditRow): Promise<void> {
  await sql`
    insert into moderation_audit (${columns})
    values (${row.seq}, ${row.at}, ${row.actor_id}, ${row.action}, ${row.member_id}, ${row.kind}, ${row.subject_id},
      ${row.why}, ${JSON.stringify(row.details)}::text::jsonb, ${row.previous}, ${row.hash})`.execute(tx)
}

export async function entriesAfter(db: Sql, seq: number, limit: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${columns} from moderation_audit where seq > ${seq} order by seq limit ${limit}`.execute(db)
  return rows
}

/** Newest first. */
export async function entriesBefore(db: Sql, seq: number | undefined, limit: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${columns} from moderation_audit ${seq === undefined ? sql`` : sql`where seq < ${seq}`}
    order by seq desc limit ${limit}`.execute(db)
  return rows
}
