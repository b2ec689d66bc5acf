import { type StoryList, storyLists, type UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface ListRow {
  member_id: UserId
  entry_id: string
}

/** From here to the end of the transaction nobody else changes the owner's lists. */
export async function lockLists(tx: Tx, ownerId: UserId): Promise<void> {
  await lock(tx, `story_lists:${ownerId}`)
}

export async function countListed(tx: Tx, ownerId: UserId, list: StoryList): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from story_lists where owner_id = ${ownerId} and list = ${list}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** False where they were in it. */
export async function addToList(
  tx: Tx,
  entry: { owner_id: UserId; list: StoryList; member_id: UserId; entry_id: string },
): Promise<boolean> {
  const { owner_id, list, member_id, entry_id } = entry
  const { rows } = await sql`
    with added as (
      insert into story_lists (owner_id, list, member_id, entry_id)
      values (${owner_id}, ${list}, ${member_id}, ${entry_id}) on conflict do nothing returning owner_id
    ), mirrored as (
      insert into story_listings (member_id, list, owner_id)
      select ${member_id}::uuid, ${list}, owner_id from added on conflict do nothing
    )
    select from added`.execute(tx)
  return rows.length > 0
}

/** False where they were not. */
export async function removeFromList(
  tx: Handle,
  { owner_id, list, member_id }: { owner_id: UserId; list: StoryList; member_id: UserId },
): Promise<boolean> {
  const { rows } = await sql`
    with mirrored as (
      delete from story_listings where member_id = ${member_id} and list = ${list} and owner_id = ${owner_id}
    )
    delete from story_lists where owner_id = ${owner_id} and list = ${list} and member_id = ${member_id}
    returning owner_id`.execute(tx)
  return rows.length > 0
}

/** Last added first. */
export async function pageList(
  db: Handle,
  ownerId: UserId,
  list: StoryList,
  page: { before: string | undefined; limit: number },
): Promise<ListRow[]> {
  const below = page.before === undefined ? sql`` : sql`and entry_id < ${page.before}::uuid`
  const { rows } = await sql<ListRow>`
    select member_id, entry_id from story_lists where owner_id = ${ownerId} and list = ${list} ${below}
    order by entry_id desc limit ${page.limit}`.execute(db)
  return rows
}

export interface RelationRow {
  close_friend_of: UserId[]
  hidden_by: UserId[]
  muted: UserId[]
}

/** All lists that decide whose stories a member sees, in one round trip. */
export async function readRelations(db: Handle, userId: UserId): Promise<RelationRow> {
  const [row] = await selectRelations(db, userId)
  return row ?? { close_friend_of: [], hidden_by: [], muted: [] }
}
const selectRelations = statement<RelationRow>(`select
  array(select owner_id from story_listings where member_id = $1 and list = 'close_friends') as close_friend_of,
  array(select owner_id from story_listings where member_id = $1 and list = 'hidden_from') as hidden_by,
  array(select member_id from story_lists where owner_id = $1 and list = 'muted') as muted`)

/** Those of `ids` who have not muted the author's stories and from whom these are not hidden. */
export async function withoutListed(db: Handle, authorId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
  const { rows } = await sql<{ id: UserId }>`
    select id from unnest(${ids}::uuid[]) as id
    where not exists (select from story_listings where member_id = ${authorId} and list = 'muted' and owner_id = id)
      and not exists (select from story_lists
                      where owner_id = ${authorId} and list = 'hidden_from' and member_id = id)`.execute(db)
  return rows.map((row) => row.id)
}

export interface ListEntry {
  owner_id: UserId
  list: StoryList
  member_id: UserId
}

/** Some of the entries that are a member's or lead to them. */
export async function someEntriesOf(db: Handle, userId: UserId, limit: number): Promise<ListEntry[]> {
  const { rows } = await sql<ListEntry>`
    (select owner_id, list, member_id from story_lists where owner_id = ${userId} limit ${limit})
    union
    (select owner_id, list, member_id from story_listings
     where member_id = ${userId} and list = any(${storyLists}::text[]) limit ${limit})`.execute(db)
  return rows
}
