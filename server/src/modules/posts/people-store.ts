import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Before, InPictures, PostRef } from './store.ts'

/** Who is in a post's pictures from now on, and what lists them. */
export async function replacePeople(
  tx: Tx,
  { post_id, author_id }: PostRef,
  people: readonly InPictures[],
): Promise<void> {
  const listed = people.filter(({ state }) => state !== 'removed')
  const ids = listed.map(({ user_id }) => user_id)
  await sql`
    with post as (
      update posts set people = ${JSON.stringify(people)}::text::jsonb where post_id = ${post_id} returning post_id
    ),
    listed as (
      insert into tagged_posts (user_id, post_id, author_id, pending)
      select person.user_id, ${post_id}::uuid, ${author_id}::uuid, person.pending
      from unnest(${ids}::uuid[], ${listed.map(({ state }) => state === 'pending')}::boolean[])
        as person (user_id, pending)
      on conflict (user_id, post_id) do update set pending = excluded.pending
    )
    select from post`.execute(tx)
}

export async function unlist(tx: Tx, postId: PostId, userIds: readonly UserId[]): Promise<void> {
  await sql`delete from tagged_posts where post_id = ${postId} and user_id = any(${userIds}::uuid[])`.execute(
    tx,
  )
}

/** Newest first. */
export async function taggedPosts(
  db: Sql,
  userId: UserId,
  { before, limit, pending }: Before & { pending: boolean },
): Promise<PostRef[]> {
  const below = before === undefined ? sql`` : sql`and post_id < ${before}::uuid`
  const { rows } = await sql<PostRef>`
    select post_id, author_id from tagged_posts
    where user_id = ${userId} and ${pending ? sql`pending` : sql`not pending`} ${below}
    order by post_id desc limit ${limit}`.execute(db)
  return rows
}

/** Some posts in which a member is tagged: those of one author, or of all. */
export async function someTagged(
  db: Sql,
  userId: UserId,
  authorId: UserId | undefined,
  limit: number,
): Promise<PostId[]> {
  const by = authorId === undefined ? sql`` : sql`and author_id = ${authorId}`
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from tagged_posts where user_id = ${userId} ${by} limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

/** Shown or pending. */
export const inPictures = (people: readonly InPictures[]): UserId[] =>
  people.filter(({ state }) => state !== 'removed').map(({ user_id }) => user_id)
