import type { MediaId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { CaseName } from './store.ts'
import type { Steps } from './thresholds.ts'

type Step = keyof Steps

/** Answers the steps that had not followed before. */
export async function addJudged(
  tx: Tx,
  judged: CaseName & { member_id: UserId; media_id: MediaId; score: number },
  steps: readonly Step[],
): Promise<ReadonlySet<Step>> {
  const { kind, subject_id, media_id, member_id, score } = judged
  const { rows } = await sql<{ step: Step }>`
    insert into judged_pictures (kind, subject_id, media_id, step, member_id, score)
    select ${kind}, ${subject_id}, ${media_id}, step, ${member_id}, ${score}
    from unnest(${steps}::text[]) as step
    on conflict do nothing returning step`.execute(tx)
  return new Set(rows.map(({ step }) => step))
}

/** Pictures of which something followed. */
export async function judgedOf(db: Sql, { kind, subject_id }: CaseName): Promise<MediaId[]> {
  const { rows } = await sql<{ media_id: MediaId }>`
    select distinct media_id from judged_pictures where kind = ${kind} and subject_id = ${subject_id}`.execute(
    db,
  )
  return rows.map(({ media_id }) => media_id)
}

export async function eraseJudged(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from judged_pictures where member_id = ${userId}`.execute(tx)
}
