import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'

/** False where it was spent before. */
export async function spendChallenge(db: Sql, challenge: string, expires_at: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into spent_challenges (challenge, expires_at) values (${challenge}, ${expires_at})
    on conflict do nothing returning challenge`.execute(db)
  return rows.length > 0
}

export async function deleteOldChallenges(db: Sql, now: Date): Promise<void> {
  await sql`delete from spent_challenges where expires_at <= ${now}`.execute(db)
}
