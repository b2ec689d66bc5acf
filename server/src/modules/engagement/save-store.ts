import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'

type Handle = Sql | Tx

export interface Save {
  user_id: UserId
  post_id: PostId
}
export interface SaveRow {
  post_id: PostId
  save_id: string
}

const answer = sql<object>`select from done`

export const addingSave = ({ user_id, post_id, save_id }: Save & { save_id: string }): Change<object> => ({
  change: sql`
    done as (
      insert into saves (user_id, post_id, save_id) values (${user_id}, ${post_id}, ${save_id})
      on conflict do nothing returning post_id
    )`,
  answer,
})

export const removingSave = ({ user_id, post_id }: Save): Change<object> => ({
  change: sql`done as (
    delete from saves where user_id = ${user_id} and post_id = ${post_id} returning post_id)`,
  answer,
})

export async function isSaved(db: Handle, { user_id, post_id }: Save): Promise<boolean> {
  const { rows } = await sql`
    select from saves where user_id = ${user_id} and post_id = ${post_id}`.execute(db)
  return rows.length > 0
}

/** Last saved first. */
export async function pageSaves(
  db: Handle,
  userId: UserId,
  page: { before: string | undefined; limit: number },
): Promise<SaveRow[]> {
  const below = page.before === undefined ? sql`` : sql`and save_id < ${page.before}::uuid`
  const { rows } = await sql<SaveRow>`
    select post_id, save_id from saves where user_id = ${userId} ${below}
    order by save_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Some at a time; true while there may be more. */
export async function eraseSomeSaves(db: Handle, userId: UserId, limit: number): Promise<boolean> {
  const { rows } = await sql`
    delete from saves where user_id = ${userId} and post_id in (
      select post_id from saves where user_id = ${userId} limit ${limit}
    ) returning post_id`.execute(db)
  return rows.length === limit
}
