import type { Circle, CircleId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface Entry {
  circle_id: CircleId
  owner_id: UserId
  member_id: UserId
}

/** From here to the end of the transaction the owner makes no other circle. */
export async function lockCircles(tx: Tx, ownerId: UserId): Promise<void> {
  await lock(tx, `circles:${ownerId}`)
}

/** From here to the end of the transaction nobody else puts members in. False where it is not theirs. */
export async function lockCircle(tx: Tx, ownerId: UserId, id: CircleId): Promise<boolean> {
  const { rows } = await sql`
    select from circles where owner_id = ${ownerId} and circle_id = ${id} for update`.execute(tx)
  return rows.length > 0
}

/** By name. */
export async function circlesOf(db: Handle, ownerId: UserId): Promise<Circle[]> {
  const { rows } = await sql<Circle>`
    select circle_id, name,
      (select count(*)::int from circle_members where circle_members.circle_id = circles.circle_id) as members_count
    from circles where owner_id = ${ownerId} order by lower(name), circle_id`.execute(db)
  return rows
}

/** False where it stands. */
export async function addCircle(
  tx: Tx,
  { owner_id, circle_id, name }: { owner_id: UserId; circle_id: CircleId; name: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into circles (owner_id, circle_id, name) values (${owner_id}, ${circle_id}, ${name})
    on conflict do nothing returning circle_id`.execute(tx)
  return rows.length > 0
}

/** False where it is not theirs. */
export async function renameCircle(
  db: Handle,
  ownerId: UserId,
  id: CircleId,
  name: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update circles set name = ${name} where owner_id = ${ownerId} and circle_id = ${id}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** With who is in it, whom it answers. */
export async function dropCircle(tx: Tx, ownerId: UserId, id: CircleId): Promise<UserId[]> {
  const { rows } = await sql<{ member_id: UserId }>`
    with circle as (delete from circles where owner_id = ${ownerId} and circle_id = ${id}),
    gone as (delete from circle_members where circle_id = ${id} returning member_id),
    mirrored as (
      delete from circle_memberships where circle_id = ${id} and member_id in (
        select member_id from circle_members where circle_id = ${id})
    )
    select member_id from gone`.execute(tx)
  return rows.map((row) => row.member_id)
}

/** False where they were in it. */
export async function addEntry(tx: Tx, entry: Entry & { entry_id: string }): Promise<boolean> {
  const { circle_id, owner_id, member_id, entry_id } = entry
  const { rows } = await sql`
    with added as (
      insert into circle_members (circle_id, member_id, owner_id, entry_id)
      values (${circle_id}, ${member_id}, ${owner_id}, ${entry_id}) on conflict do nothing returning circle_id
    ), mirrored as (
      insert into circle_memberships (member_id, circle_id, owner_id)
      select ${member_id}::uuid, circle_id, ${owner_id}::uuid from added on conflict do nothing
    )
    select from added`.execute(tx)
  return rows.length > 0
}

/** Of a member's entries those of this owner's circles, or of one of them; answers those that were there. */
export async function removeEntries(
  tx: Tx,
  { owner_id, member_id, circle_id }: Omit<Entry, 'circle_id'> & { circle_id?: CircleId },
): Promise<Entry[]> {
  const one = circle_id === undefined ? sql`` : sql`and circle_id = ${circle_id}`
  const { rows } = await sql<Entry>`
    with gone as (
      delete from circle_memberships where member_id = ${member_id} and owner_id = ${owner_id} ${one}
      returning circle_id, owner_id, member_id
    ), mirrored as (
      delete from circle_members using gone
      where circle_members.circle_id = gone.circle_id and circle_members.member_id = gone.member_id
    )
    select circle_id, owner_id, member_id from gone`.execute(tx)
  return rows
}

export async function countEntries(tx: Tx, id: CircleId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from circle_members where circle_id = ${id}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Last put in first. */
export async function pageEntries(
  db: Handle,
  id: CircleId,
  page: { before: string | undefined; limit: number },
): Promise<{ member_id: UserId; entry_id: string }[]> {
  const below = page.before === undefined ? sql`` : sql`and entry_id < ${page.before}::uuid`
  const { rows } = await sql<{ member_id: UserId; entry_id: string }>`
    select member_id, entry_id from circle_members where circle_id = ${id} ${below}
    order by entry_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Each once. */
export async function membersOf(db: Handle, ids: readonly CircleId[]): Promise<UserId[]> {
  const { rows } = await sql<{ member_id: UserId }>`
    select distinct member_id from circle_members where circle_id = any(${ids}::uuid[])
    order by member_id`.execute(db)
  return rows.map((row) => row.member_id)
}

/** Some owners of circles that a member is in. */
export async function ownersOver(db: Handle, memberId: UserId, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ owner_id: UserId }>`
    select distinct owner_id from circle_memberships where member_id = ${memberId} limit ${limit}`.execute(db)
  return rows.map((row) => row.owner_id)
}
