import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import { postCounts } from './count-store.ts'
import type { Before, Collaborating, PostRef, StoredPost } from './store.ts'

/** Who is one of its authors from now on, who is asked, and what lists them. */
export async function replaceCollaborators(
  tx: Tx,
  post: Pick<StoredPost, 'post_id' | 'author_id'>,
  collaborators: readonly Collaborating[],
): Promise<void> {
  const { post_id, author_id } = post
  const listed = collaborators.filter(({ state }) => state !== 'declined')
  const ids = listed.map(({ user_id }) => user_id)
  await sql`
    with post as (
      update posts set collaborators = ${JSON.stringify(collaborators)}::text::jsonb where post_id = ${post_id}
    )
    insert into collaborations (user_id, post_id, author_id, accepted)
    select one.user_id, ${post_id}::uuid, ${author_id}::uuid, one.accepted
    from unnest(${ids}::uuid[], ${listed.map(({ state }) => state === 'accepted')}::boolean[])
      as one (user_id, accepted)
    on conflict (user_id, post_id) do update set accepted = excluded.accepted`.execute(tx)
}

/** They are none of its authors, and not asked. */
export async function unlistCollaborators(tx: Tx, postId: PostId, ids: readonly UserId[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with gone as (
      delete from collaborations where user_id = any(${ids}::uuid[]) and post_id = ${postId}
    )
    delete from author_posts
    where author_id = any(${ids}::uuid[]) and post_id = ${postId} and owner_id is not null`.execute(tx)
}

/** It stands in their lists as in its owner's. */
export async function listWithOthers(
  tx: Tx,
  { post_id, author_id }: Pick<StoredPost, 'post_id' | 'author_id'>,
  ids: readonly UserId[],
): Promise<void> {
  await sql`
    insert into author_posts (author_id, post_id, published, owner_id)
    select one, ${post_id}::uuid, true, ${author_id}::uuid from unnest(${ids}::uuid[]) as one
    on conflict do nothing`.execute(tx)
}

/** Whether they are listed as published counts. */
export async function countWithOthers(tx: Tx, ids: readonly UserId[], changeId: string, by: 1 | -1) {
  if (ids.length === 0) return
  await postCounts.add(
    tx,
    ids.map((id) => ({ key: [id], actor_id: id, change_id: changeId, by: { posts: by } })),
  )
}

/** What a member is asked to be an author of, newest first. */
export async function invitations(db: Sql, userId: UserId, { before, limit }: Before): Promise<PostRef[]> {
  const below = before === undefined ? sql`` : sql`and post_id < ${before}::uuid`
  const { rows } = await sql<PostRef>`
    select post_id, author_id from collaborations where user_id = ${userId} and not accepted ${below}
    order by post_id desc limit ${limit}`.execute(db)
  return rows
}

/** The newest posts of which a member is one of several authors. */
export async function sharedPosts(db: Sql, userId: UserId, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from (
      (select post_id from collaborations where user_id = ${userId} and accepted order by post_id desc limit ${limit})
      union
      (select post_id from collaborations where author_id = ${userId} and accepted order by post_id desc limit ${limit})
    ) as shared order by post_id desc limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

/** Some posts of which they are, or are to be, an author: those of one owner, or of all. */
export async function someCollaborations(
  db: Sql,
  userId: UserId,
  ownerId: UserId | undefined,
  limit: number,
): Promise<PostId[]> {
  const of = ownerId === undefined ? sql`` : sql`and author_id = ${ownerId}`
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from collaborations where user_id = ${userId} ${of} limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}
