import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'
import { postCounts } from './count-store.ts'
import type { Listing } from './listing.ts'
import {
  authorsBeside,
  type Before,
  isForAll,
  type PostRef,
  type PostStatus,
  replaceTags,
  type StoredPost,
} from './store.ts'

/** A published post is listed nowhere any more, but with its author beside those archived. */
export async function shelvePost(
  tx: Tx,
  post: StoredPost,
  listing: Listing,
  status: 'archived' | 'removed' = 'archived',
): Promise<void> {
  const { post_id } = post
  await sql`
    with post as (update posts set status = ${status}, pinned = false where post_id = ${post_id}),
    recent as (delete from recent_posts where day = ${listing.day}::date and post_id = ${post_id})
    update author_posts set published = false, archived = owner_id is null, pin_id = null
    where author_id = any(${authorsOf(post)}::uuid[]) and post_id = ${post_id}`.execute(tx)
  await replaceTags(tx, post, listing.tags, [])
  await count(tx, post, listing, -1)
}

/** It stands again wherever it stood. */
export async function unshelvePost(tx: Tx, post: StoredPost, listing: Listing): Promise<void> {
  const { post_id, author_id } = post
  await sql`
    with post as (update posts set status = 'published' where post_id = ${post_id}),
    recent as (
      insert into recent_posts (day, post_id, author_id)
      select ${listing.day}::date, ${post_id}::uuid, ${author_id}::uuid where ${isForAll(post)}::boolean
      on conflict do nothing
    )
    update author_posts set published = true, archived = false
    where author_id = any(${authorsOf(post)}::uuid[]) and post_id = ${post_id}`.execute(tx)
  await replaceTags(tx, post, [], listing.tags)
  await count(tx, post, listing, 1)
}

const authorsOf = ({ author_id, collaborators }: StoredPost): UserId[] => [
  author_id,
  ...authorsBeside(collaborators),
]

const count = async (tx: Tx, post: StoredPost, { change_id }: Listing, by: 1 | -1) => {
  if (!isForAll(post)) return
  await postCounts.add(
    tx,
    authorsOf(post).map((id) => ({ key: [id], actor_id: id, change_id, by: { posts: by } })),
  )
}

/** What is listed nowhere already changes its status alone. */
export async function setStatus(tx: Tx, id: PostId, status: PostStatus): Promise<void> {
  await sql`update posts set status = ${status} where post_id = ${id}`.execute(tx)
}

/** What a removed post was before; null once it is no longer removed. */
export async function noteRemoved(tx: Tx, id: PostId, from: PostStatus | null): Promise<void> {
  await sql`update posts set removed_from = ${from} where post_id = ${id}`.execute(tx)
}

export async function removedFrom(tx: Tx, id: PostId): Promise<PostStatus | null> {
  const { rows } = await sql<{ removed_from: PostStatus | null }>`
    select removed_from from posts where post_id = ${id}`.execute(tx)
  return rows[0]?.removed_from ?? null
}

/** False where it is so already, or gone. */
export async function setSensitive(tx: Tx, id: PostId, sensitive: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update posts set sensitive = ${sensitive} where post_id = ${id} and sensitive <> ${sensitive}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

export async function archivedPosts(
  db: Sql,
  authorId: UserId,
  { before, limit }: Before,
): Promise<PostRef[]> {
  const below = before === undefined ? sql`` : sql`and post_id < ${before}::uuid`
  const { rows } = await sql<PostRef>`
    select post_id, author_id from author_posts where author_id = ${authorId} and archived ${below}
    order by post_id desc limit ${limit}`.execute(db)
  return rows
}

/** Last pinned first. */
export async function pinnedPosts(db: Sql | Tx, authorId: UserId): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from author_posts where author_id = ${authorId} and pin_id is not null
    order by pin_id desc`.execute(db)
  return rows.map((row) => row.post_id)
}

/** From here to the end of the transaction nobody else changes what the author has pinned. */
export async function lockPins(tx: Tx, authorId: UserId): Promise<void> {
  await lock(tx, `post_pins:${authorId}`)
}

/** Null: not pinned. */
export async function setPinned(
  tx: Tx,
  { post_id, author_id }: PostRef,
  pinId: string | null,
): Promise<void> {
  await sql`
    with post as (update posts set pinned = ${pinId !== null} where post_id = ${post_id})
    update author_posts set pin_id = ${pinId}::uuid
    where author_id = ${author_id} and post_id = ${post_id}`.execute(tx)
}
