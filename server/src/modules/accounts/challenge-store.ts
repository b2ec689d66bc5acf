import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface ChallengeRow {
  user_id: UserId
  challenge_id: string
  tries: number
  is_known: boolean
  expires_at: Date
}
export type ChallengeName = Pick<ChallengeRow, 'user_id' | 'challenge_id'>

type Tables = { login_challenges: ChallengeRow }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export async function insertChallenge(tx: Tx, row: Omit<ChallengeRow, 'tries'>): Promise<void> {
  await tables(tx)
    .insertInto('login_challenges')
    .values({ ...row, tries: 0 })
    .execute()
}

/** Counts a try; false where there were `most`, or where it is too old. */
export async function claimTry(
  db: Sql,
  { user_id, challenge_id }: ChallengeName,
  { most, now }: { most: number; now: Date },
): Promise<boolean> {
  const row = await tables(db)
    .updateTable('login_challenges')
    .set({ tries: sql`tries + 1` })
    .where('user_id', '=', user_id)
    .where('challenge_id', '=', challenge_id)
    .where('tries', '<', most)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of two at once, one has it. */
export function takeChallenge(
  tx: Tx,
  { user_id, challenge_id }: ChallengeName,
): Promise<ChallengeRow | undefined> {
  return tables(tx)
    .deleteFrom('login_challenges')
    .where('user_id', '=', user_id)
    .where('challenge_id', '=', challenge_id)
    .returningAll()
    .executeTakeFirst()
}

/** Log-ins of a member that wait have waited for nothing: their password is another, or they have left. */
export async function endChallenges(tx: Tx, userId: UserId): Promise<void> {
  await tables(tx).deleteFrom('login_challenges').where('user_id', '=', userId).execute()
}

export async function deleteOldChallenges(db: Sql, now: Date): Promise<void> {
  await tables(db).deleteFrom('login_challenges').where('expires_at', '<=', now).execute()
}
