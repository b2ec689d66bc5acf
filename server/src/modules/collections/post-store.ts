import type { CollectionId, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface Entry {
  collection_id: CollectionId
  post_id: PostId
  entry_id: string
}

/** Puts a post in where the member is in the collection, and holds them there until the end of the transaction; false elsewhere. */
export async function insertAsMember(tx: Tx, entry: Entry, memberId: UserId): Promise<boolean> {
  const { collection_id, post_id, entry_id } = entry
  const { rows } = await sql`
    with member as (
      select collection_id from collection_members
      where collection_id = ${collection_id} and user_id = ${memberId} for share
    ), added as (
      insert into collection_posts (collection_id, post_id, entry_id)
      select collection_id, ${post_id}::uuid, ${entry_id}::uuid from member on conflict do nothing
    )
    select from member`.execute(tx)
  return rows.length > 0
}

/** The same of taking it out: a statement by itself. */
export async function deleteAsMember(
  db: Handle,
  { collection_id, post_id }: Omit<Entry, 'entry_id'>,
  memberId: UserId,
): Promise<boolean> {
  const { rows } = await sql`
    with member as (
      select collection_id from collection_members
      where collection_id = ${collection_id} and user_id = ${memberId} for share
    ), gone as (
      delete from collection_posts
      where collection_id in (select collection_id from member) and post_id = ${post_id}
    )
    select from member`.execute(db)
  return rows.length > 0
}

/** Takes a post out of some collections; answers what stood there. */
export async function takeOut(tx: Tx, ids: readonly CollectionId[], postId: PostId): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    delete from collection_posts where collection_id = any(${ids}::uuid[]) and post_id = ${postId}
    returning collection_id, post_id, entry_id`.execute(tx)
  return rows
}

export async function putBack(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const { collection_id, post_id, entry_id } of entries)
    await sql`
      insert into collection_posts (collection_id, post_id, entry_id)
      values (${collection_id}, ${post_id}, ${entry_id}) on conflict do nothing`.execute(tx)
}

/** Those of the collections that hold the post. */
export async function holding(
  db: Handle,
  ids: readonly CollectionId[],
  postId: PostId,
): Promise<CollectionId[]> {
  const rows = await selectHolding(db, ids, postId)
  return rows.map((row) => row.collection_id)
}
const selectHolding = statement<{ collection_id: CollectionId }>(
  'select collection_id from collection_posts where collection_id = any($1::uuid[]) and post_id = $2',
)

/** Last put in first. */
export async function pageEntries(
  db: Handle,
  id: CollectionId,
  page: { before: string | undefined; limit: number },
): Promise<Entry[]> {
  const below = page.before === undefined ? sql`` : sql`and entry_id < ${page.before}::uuid`
  const { rows } = await sql<Entry>`
    select collection_id, post_id, entry_id from collection_posts
    where collection_id = ${id} ${below} order by entry_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Of each collection, the `limit` last put in below its entry of `before` (null: from the top), in one round trip. */
export const newestEntries = (
  db: Handle,
  ids: readonly CollectionId[],
  before: readonly (string | null)[],
  limit: number,
): Promise<Entry[]> => selectNewest(db, ids, before, limit)
const selectNewest = statement<Entry>(`
  select asked.collection_id, p.post_id, p.entry_id
  from unnest($1::uuid[], $2::uuid[]) as asked (collection_id, before)
  cross join lateral (
    select post_id, entry_id from collection_posts
    where collection_id = asked.collection_id and (asked.before is null or entry_id < asked.before)
    order by entry_id desc limit $3
  ) p order by p.entry_id desc`)

/** Some at a time; true while there may be more. */
export async function eraseSomeOf(
  db: Handle,
  of: { collection_id: CollectionId } | { post_id: PostId },
  limit: number,
): Promise<boolean> {
  const which = 'post_id' in of ? sql`post_id = ${of.post_id}` : sql`collection_id = ${of.collection_id}`
  const { rows } = await sql`
    delete from collection_posts where (collection_id, post_id) in (
      select collection_id, post_id from collection_posts where ${which} limit ${limit}
    ) returning post_id`.execute(db)
  return rows.length === limit
}
