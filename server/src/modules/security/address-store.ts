import type { AddressRuleId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Rule } from './address-policy.ts'

export interface RuleRow extends Rule {
  rule_id: AddressRuleId
  created_by: UserId | null
  created_at: Date
}

const columns = sql`rule_id, list, range, note, created_by, created_at, expires_at`

/** Those that are not over, newest first. */
export async function readRules(db: Sql, now: Date): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`
    select ${columns} from address_rules where expires_at is null or expires_at > ${now}
    order by rule_id desc`.execute(db)
  return rows
}

/** False where there is one of that range in the list; one that is over gives its place. */
export async function insertRule(tx: Tx, rule: RuleRow): Promise<boolean> {
  const { rule_id, list, range, note, created_by, created_at, expires_at } = rule
  const { rows } = await sql`
    insert into address_rules (${columns})
    values (${rule_id}, ${list}, ${range}, ${note}, ${created_by}, ${created_at}, ${expires_at})
    on conflict (list, range) do update set rule_id = excluded.rule_id, note = excluded.note,
      created_by = excluded.created_by, created_at = excluded.created_at, expires_at = excluded.expires_at
      where address_rules.expires_at <= excluded.created_at
    returning rule_id`.execute(tx)
  return rows.length > 0
}

export async function deleteRule(tx: Tx, id: AddressRuleId): Promise<RuleRow | undefined> {
  const { rows } = await sql<RuleRow>`
    delete from address_rules where rule_id = ${id} returning ${columns}`.execute(tx)
  return rows[0]
}

export async function deleteOldRules(db: Sql, now: Date): Promise<void> {
  await sql`delete from address_rules where expires_at <= ${now}`.execute(db)
}

export async function forgetMaker(tx: Tx, member: UserId): Promise<void> {
  await sql`update address_rules set created_by = null where created_by = ${member}`.execute(tx)
}
