import type { Body, PostSettings, Routes, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'

export type SettingsRow = PostSettings & { user_id: UserId }

export async function readSettings(db: Sql, ids: readonly UserId[]): Promise<SettingsRow[]> {
  const { rows } = await sql<SettingsRow>`
    select user_id, comments_from, likes_hidden, downloads_allowed, tags_from, filtered_words from post_settings
    where user_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** What is left out stays, or begins as `unset`. Answers all of them. */
export function changingSettings(
  userId: UserId,
  change: Body<Routes['postSettings']['change']>,
  unset: PostSettings,
): Change<PostSettings> {
  const first = { ...unset, ...change }
  const kept = (field: keyof PostSettings) =>
    sql`${sql.ref(field)} = ${sql.ref(change[field] === undefined ? `post_settings.${field}` : `excluded.${field}`)}`
  return {
    change: sql`
      done as (
        insert into post_settings (user_id, comments_from, likes_hidden, downloads_allowed, tags_from, filtered_words)
        values (
          ${userId}, ${first.comments_from}, ${first.likes_hidden}, ${first.downloads_allowed},
          ${first.tags_from}, ${first.filtered_words}::text[])
        on conflict (user_id) do update set
          ${kept('comments_from')}, ${kept('likes_hidden')}, ${kept('downloads_allowed')},
          ${kept('tags_from')}, ${kept('filtered_words')}
        returning comments_from, likes_hidden, downloads_allowed, tags_from, filtered_words
      )`,
    answer: sql`select comments_from, likes_hidden, downloads_allowed, tags_from, filtered_words from done`,
  }
}

export async function dropSettings(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from post_settings where user_id = ${userId}`.execute(db)
}
