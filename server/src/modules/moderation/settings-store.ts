import type { AnswerTemplate, ModerationSettings } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

const columns = sql`strike_days, silence_from, suspend_from, retention_days, known_pictures,
  score_mark, score_queue, score_hold, spam_hold, spam_queue`

export async function readSettings(db: Sql): Promise<ModerationSettings> {
  const { rows } = await sql<ModerationSettings>`
    select ${columns} from moderation_settings where id = 1`.execute(db)
  const [settings] = rows
  if (!settings) throw new Error('the moderation settings have no row')
  return settings
}

export async function writeSettings(tx: Tx, settings: ModerationSettings): Promise<void> {
  const { strike_days, silence_from, suspend_from, retention_days, known_pictures } = settings
  const { score_mark, score_queue, score_hold, spam_hold, spam_queue } = settings
  await sql`
    update moderation_settings set strike_days = ${strike_days}, silence_from = ${silence_from},
      suspend_from = ${suspend_from}, retention_days = ${retention_days}, known_pictures = ${known_pictures},
      score_mark = ${score_mark}, score_queue = ${score_queue}, score_hold = ${score_hold},
      spam_hold = ${spam_hold}, spam_queue = ${spam_queue}
    where id = 1`.execute(tx)
}

export async function readTemplates(db: Sql): Promise<AnswerTemplate[]> {
  const { rows } = await sql<{ templates: AnswerTemplate[] }>`
    select templates from moderation_settings where id = 1`.execute(db)
  return rows[0]?.templates ?? []
}

export async function writeTemplates(tx: Tx, templates: readonly AnswerTemplate[]): Promise<void> {
  await sql`
    update moderation_settings set templates = ${JSON.stringify(templates)}::text::jsonb where id = 1`.execute(
    tx,
  )
}
