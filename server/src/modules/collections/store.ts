import type { CollectionId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface CollectionRow {
  collection_id: CollectionId
  owner_id: UserId
  name: string
  /** In the order in which they came, the owner first. */
  member_ids: UserId[]
}

const columns = `c.collection_id, c.owner_id, c.name,
  (select array_agg(m.user_id order by m.entry_id) from collection_members m
   where m.collection_id = c.collection_id) as member_ids`

/** Absent: where it does not exist, and where the member is not in it. */
export async function findCollection(
  db: Handle,
  id: CollectionId,
  memberId: UserId,
): Promise<CollectionRow | undefined> {
  const [row] = await selectOne(db, id, memberId)
  return row
}
const selectOne = statement<CollectionRow>(`
  select ${columns} from collections c where c.collection_id = $1 and exists (
    select from collection_members m where m.collection_id = c.collection_id and m.user_id = $2)`)

/** Of those that there are, in no order. */
export const readCollections = (db: Handle, ids: readonly CollectionId[]): Promise<CollectionRow[]> =>
  selectMany(db, ids)
const selectMany = statement<CollectionRow>(
  `select ${columns} from collections c where c.collection_id = any($1::uuid[])`,
)

/** Last made first. */
export async function collectionsOf(
  db: Handle,
  userId: UserId,
  page: { before?: CollectionId | undefined; limit: number },
): Promise<CollectionId[]> {
  const below = page.before === undefined ? sql`` : sql`and collection_id < ${page.before}::uuid`
  const { rows } = await sql<{ collection_id: CollectionId }>`
    select collection_id from member_collections where user_id = ${userId} ${below}
    order by collection_id desc limit ${page.limit}`.execute(db)
  return rows.map((row) => row.collection_id)
}

/** Those of a member's that this owner made. */
export async function sharedBy(db: Handle, userId: UserId, ownerId: UserId): Promise<CollectionId[]> {
  const { rows } = await sql<{ collection_id: CollectionId }>`
    select collection_id from member_collections where user_id = ${userId} and owner_id = ${ownerId}`.execute(
    db,
  )
  return rows.map((row) => row.collection_id)
}

/** False where there is one by that id. */
export async function insertCollection(
  tx: Tx,
  { collection_id, owner_id, name }: Omit<CollectionRow, 'member_ids'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into collections (collection_id, owner_id, name) values (${collection_id}, ${owner_id}, ${name})
    on conflict do nothing returning collection_id`.execute(tx)
  return rows.length > 0
}

export async function renameCollection(db: Handle, id: CollectionId, name: string): Promise<void> {
  await sql`update collections set name = ${name} where collection_id = ${id}`.execute(db)
}

/** From here to the end of the transaction nobody comes or goes. False where it is gone. */
export async function lockCollection(tx: Tx, id: CollectionId): Promise<boolean> {
  const { rows } = await sql`
    select from collections where collection_id = ${id} for update`.execute(tx)
  return rows.length > 0
}

/** One more, under `lockCollection` or with the collection. False where it has as many as it can have. */
export async function countMember(tx: Tx, id: CollectionId, most: number): Promise<boolean> {
  const { rows } = await sql`
    update collections set members = members + 1 where collection_id = ${id} and members < ${most}
    returning collection_id`.execute(tx)
  return rows.length > 0
}

interface Membership {
  collection_id: CollectionId
  owner_id: UserId
  user_id: UserId
}

/** False where they were in it. */
export async function insertMember(
  tx: Tx,
  { collection_id, owner_id, user_id, entry_id }: Membership & { entry_id: string },
): Promise<boolean> {
  const { rows } = await sql`
    with added as (
      insert into collection_members (collection_id, user_id, entry_id)
      values (${collection_id}, ${user_id}, ${entry_id}) on conflict do nothing returning collection_id
    ), mirrored as (
      insert into member_collections (user_id, collection_id, owner_id)
      select ${user_id}::uuid, collection_id, ${owner_id}::uuid from added
    )
    select from added`.execute(tx)
  return rows.length > 0
}

/** False where the member is in as many as they can be in. */
export async function countCollection(tx: Tx, userId: UserId, most: number): Promise<boolean> {
  const { rows } = await sql`
    insert into member_collection_counts as c (user_id, collections) values (${userId}, 1)
    on conflict (user_id) do update set collections = c.collections + 1 where c.collections < ${most}
    returning user_id`.execute(tx)
  return rows.length > 0
}

/** Under `lockCollection`. False where they were not in it. */
export async function deleteMember(tx: Tx, id: CollectionId, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from collection_members where collection_id = ${id} and user_id = ${userId} returning user_id
    ), mirrored as (
      delete from member_collections where user_id = ${userId} and collection_id = ${id}
    ), counted as (
      update member_collection_counts set collections = collections - 1
      where user_id in (select user_id from gone)
    ), fewer as (
      update collections set members = members - 1
      where collection_id = ${id} and exists (select from gone)
    )
    select from gone`.execute(tx)
  return rows.length > 0
}

/** With everybody's membership, under `lockCollection`; its posts go after it. */
export async function deleteCollection(tx: Tx, id: CollectionId): Promise<void> {
  await sql`
    with gone as (
      delete from collection_members where collection_id = ${id} returning user_id
    ), mirrored as (
      delete from member_collections where collection_id = ${id} and user_id in (
        select user_id from collection_members where collection_id = ${id})
    ), counted as (
      update member_collection_counts set collections = collections - 1
      where user_id in (select user_id from gone)
    )
    delete from collections where collection_id = ${id}`.execute(tx)
}

export async function dropCount(db: Handle, userId: UserId): Promise<void> {
  await sql`delete from member_collection_counts where user_id = ${userId}`.execute(db)
}
