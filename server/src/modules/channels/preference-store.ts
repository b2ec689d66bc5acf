import type { NoticePreferences, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export type Choices = Partial<Omit<NoticePreferences, 'kinds'>> & {
  kinds?: Partial<NoticePreferences['kinds']>
}

export async function readChoices(db: Sql | Tx, ids: readonly UserId[]): Promise<Map<UserId, Choices>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ user_id: UserId; choices: Choices }>`
    select user_id, choices from notice_preferences where user_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.user_id, row.choices]))
}

/** One after the other for a member, so that of two changes both stand. */
export async function lockChoices(tx: Tx, userId: UserId): Promise<Choices> {
  await sql`insert into notice_preferences (user_id, choices) values (${userId}, '{}') on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ choices: Choices }>`
    select choices from notice_preferences where user_id = ${userId} for update`.execute(tx)
  return rows[0]?.choices ?? {}
}

export async function writeChoices(tx: Tx, userId: UserId, choices: Choices): Promise<void> {
  await sql`update notice_preferences set choices = ${JSON.stringify(choices)}::text::jsonb where user_id = ${userId}`.execute(
    tx,
  )
}

export async function deleteChoices(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from notice_preferences where user_id = ${userId}`.execute(db)
}
