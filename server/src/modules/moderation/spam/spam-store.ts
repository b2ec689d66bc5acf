import type { Events, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../../engines/db/port.ts'
import type { CaseName } from '../store.ts'
import type { Features } from './features.ts'
import type { Reason, SpamModel } from './model.ts'

/** Versions that are kept. */
const KEPT = 10

export async function newestModel(db: Sql): Promise<SpamModel | undefined> {
  const { rows } = await sql<{ model: SpamModel }>`
    select model from spam_models order by version desc limit 1`.execute(db)
  return rows[0]?.model
}

/** False where another is newer. */
export async function addModel(tx: Tx, model: SpamModel, examples: number, at: Date): Promise<boolean> {
  const { version } = model
  const { rows } = await sql`
    with old as (delete from spam_models where version <= ${version - KEPT})
    insert into spam_models (version, model, examples, trained_at)
    values (${version}, ${JSON.stringify(model)}::text::jsonb, ${examples}, ${at})
    on conflict do nothing returning version`.execute(tx)
  return rows.length > 0
}

/** False where it is known. */
export async function addScore(
  tx: Tx,
  { kind, subject_id }: CaseName,
  { user_id, score, version, reasons, features }: Events['moderation.spam_found'],
): Promise<boolean> {
  const { rows } = await sql`
    insert into spam_scores (kind, subject_id, member_id, score, version, reasons, features)
    values (${kind}, ${subject_id}, ${user_id}, ${score}, ${version}, ${JSON.stringify(reasons)}::text::jsonb,
      ${JSON.stringify(features)}::text::jsonb)
    on conflict do nothing returning score`.execute(tx)
  return rows.length > 0
}

export interface SpamScore {
  score: number
  version: number
  reasons: Reason[]
}

export async function readScore(db: Sql, { kind, subject_id }: CaseName): Promise<SpamScore | undefined> {
  const { rows } = await sql<SpamScore>`
    select score, version, reasons from spam_scores where kind = ${kind} and subject_id = ${subject_id}`.execute(
    db,
  )
  return rows[0]
}

/**
 * Texts that moderators have decided about, newest first: spam is what they acted on by that rule, and what they reported for it and let
 * stand is none. `features`: null where the text was never held.
 */
export async function decidedTexts(
  db: Sql,
  limit: number,
): Promise<{ text: string; features: Features | null; isSpam: boolean }[]> {
  const { rows } = await sql<{ text: string; features: Features | null; isSpam: boolean }>`
    select * from (
      select cases.excerpt as text, scores.features, cases.last_report_id,
        exists (select from moderation_acts acts where acts.kind = cases.kind and acts.subject_id = cases.subject_id
          and acts.rule = 'spam' and acts.lifted_at is null and not acts.automatic) as "isSpam",
        exists (select from moderation_acts acts where acts.kind = cases.kind and acts.subject_id = cases.subject_id
          and acts.lifted_at is null) as acted,
        exists (select from moderation_reports reports where reports.kind = cases.kind
          and reports.subject_id = cases.subject_id and reports.reason = 'spam') as suspected
      from moderation_cases cases left join spam_scores scores using (kind, subject_id)
      where cases.state = 'closed' and cases.kind in ('comment', 'message') and cases.excerpt <> ''
    ) decided
    where "isSpam" or (suspected and not acted)
    order by last_report_id desc limit ${limit}`.execute(db)
  return rows
}

export async function eraseSpam(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from spam_scores where member_id = ${userId}`.execute(tx)
}
