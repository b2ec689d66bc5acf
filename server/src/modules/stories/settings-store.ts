import type { StorySettings, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

const unset: StorySettings = { save_to_archive: true }

export async function readSettings(db: Sql | Tx, userId: UserId): Promise<StorySettings> {
  const { rows } = await sql<StorySettings>`
    select save_to_archive from story_settings where user_id = ${userId}`.execute(db)
  return rows[0] ?? unset
}

export async function saveSettings(db: Sql, userId: UserId, settings: StorySettings): Promise<void> {
  await sql`
    insert into story_settings (user_id, save_to_archive) values (${userId}, ${settings.save_to_archive})
    on conflict (user_id) do update set save_to_archive = excluded.save_to_archive`.execute(db)
}

export async function dropSettings(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from story_settings where user_id = ${userId}`.execute(db)
}
