import type { MediaId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

/** Of the row that accounts has a part of too (its address, password and role), what members are seen by. */
export interface MemberRow {
  user_id: UserId
  /** Lower case; empty once deleted, as all below it that tells of the person. */
  username: string
  full_name: string
  bio: string
  link: string | null
  is_private: boolean
  is_verified: boolean
  is_silenced: boolean
  media_epoch: number
  avatar_media_id: MediaId | null
  next_avatar_media_id: MediaId | null
  /** Names given up lately and still held for this member, oldest first. */
  held_usernames: string[]
  created_at: Date
  deleted_at: Date | null
}

type Tables = {
  users: MemberRow & {
    readonly hidden_at: Date | null
    away_at: Date | null
    suspended_at: Date | null
    suspended_until: Date | null
  }
  usernames: { username: string; user_id: UserId; held_until: Date | null }
  user_activity: { user_id: UserId; last_active_at: Date }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

const publicColumns = [
  'user_id',
  'username',
  'full_name',
  'bio',
  'link',
  'is_private',
  'is_verified',
  'is_silenced',
  'media_epoch',
  'avatar_media_id',
  'held_usernames',
  'created_at',
] as const

/** What others may be shown of a member, what is needed to decide whether they may, and the names that lead to them. */
export type PublicRow = Pick<MemberRow, (typeof publicColumns)[number]>

/** Deleted and hidden members are absent. */
export const readPublic = (db: Sql, ids: readonly string[]): Promise<PublicRow[]> => selectPublic(db, ids)

const selectPublic = statement<PublicRow>(
  `select ${publicColumns.join(', ')} from users where user_id = any($1::uuid[])
     and deleted_at is null and hidden_at is null`,
)

/** Who goes by these names (lower case). */
export function readNames(
  db: Sql,
  names: readonly string[],
): Promise<{ username: string; user_id: UserId }[]> {
  return tables(db)
    .selectFrom('usernames')
    .select(['username', 'user_id'])
    .where('username', '=', sql<string>`any(${names})`)
    .where('held_until', 'is', null)
    .execute()
}

/** Names given up, and for whom they are held until when; some may be over. */
export async function readHeldNames(
  db: Sql,
  names: readonly string[],
): Promise<{ username: string; user_id: UserId; held_until: Date }[]> {
  const rows = await tables(db)
    .selectFrom('usernames')
    .select(['username', 'user_id', 'held_until'])
    .where('username', '=', sql<string>`any(${names})`)
    .where('held_until', 'is not', null)
    .execute()
  return rows.flatMap(({ held_until, ...row }) => (held_until ? [{ ...row, held_until }] : []))
}

const ownColumns = [
  ...publicColumns,
  'next_avatar_media_id',
  'deleted_at',
] as const satisfies (keyof MemberRow)[]

export function readMember(db: Sql, userId: UserId): Promise<MemberRow | undefined> {
  return tables(db)
    .selectFrom('users')
    .select(ownColumns)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

/** Locks the row: what is written about one member is written by one transaction at a time, so their events are in order. */
export function lockMember(tx: Tx, userId: UserId): Promise<MemberRow | undefined> {
  return tables(tx)
    .selectFrom('users')
    .select(ownColumns)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateMember(tx: Tx, userId: UserId, changes: Partial<MemberRow>): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await tables(tx).updateTable('users').set(changes).where('user_id', '=', userId).execute()
}

/** Members whose texts were cut by an earlier version. */
export async function textsDue(db: Sql, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from users where text_version < 1 order by user_id limit ${limit}`.execute(db)
  return rows.map(({ user_id }) => user_id)
}

export async function markTextRenewed(tx: Tx, userId: UserId): Promise<void> {
  await sql`update users set text_version = 1 where user_id = ${userId}`.execute(tx)
}

/** What keeps others from seeing a member. */
export interface Restraints {
  away_at?: Date | null
  suspended_at?: Date | null
  suspended_until?: Date | null
  is_silenced?: boolean
}

/** Addresses of their pictures that were given out lead nowhere any more. */
export async function restrain(tx: Tx, userId: UserId, changes: Restraints): Promise<void> {
  await tables(tx)
    .updateTable('users')
    .set({ ...changes, media_epoch: sql`media_epoch + 1` })
    .where('user_id', '=', userId)
    .execute()
}

/** Answers the members whose account is private; the others' media anybody may see. */
export async function raiseMediaEpoch(tx: Tx, ids: readonly UserId[]): Promise<UserId[]> {
  const rows = await tables(tx)
    .updateTable('users')
    .set({ media_epoch: sql`media_epoch + 1` })
    .where('user_id', '=', sql<UserId>`any(${ids})`)
    .where('is_private', '=', true)
    .where('deleted_at', 'is', null)
    .returning('user_id')
    .execute()
  return rows.map(({ user_id }) => user_id)
}

/** False where somebody has the name, or it is still held for somebody else. */
export async function takeUsername(tx: Tx, username: string, userId: UserId, now: Date): Promise<boolean> {
  const taken = await tables(tx)
    .insertInto('usernames')
    .values({ username, user_id: userId, held_until: null })
    .onConflict((conflict) =>
      conflict
        .column('username')
        .doUpdateSet({ user_id: userId, held_until: null })
        .where('usernames.held_until', 'is not', null)
        .where((where) =>
          where.or([where('usernames.user_id', '=', userId), where('usernames.held_until', '<=', now)]),
        ),
    )
    .returning('username')
    .executeTakeFirst()
  return taken !== undefined
}

/** Keeps a name for its member until then, though they no longer go by it. */
export async function holdUsername(tx: Tx, username: string, until: Date): Promise<void> {
  await tables(tx)
    .updateTable('usernames')
    .set({ held_until: until })
    .where('username', '=', username)
    .execute()
}

export async function releaseUsernames(tx: Tx, userId: UserId, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await tables(tx)
    .deleteFrom('usernames')
    .where('username', '=', sql<string>`any(${names})`)
    .where('user_id', '=', userId)
    .execute()
}

/** Whether the account is private; it cannot change until the transaction ends. Undefined: deleted or hidden. */
export async function holdPrivacy(tx: Tx, userId: UserId): Promise<boolean | undefined> {
  const { rows } = await sql<{ is_private: boolean }>`
    select is_private from users where user_id = ${userId} and deleted_at is null and hidden_at is null for share`.execute(
    tx,
  )
  return rows[0]?.is_private
}

/** Of those who look after the community, but for one. The role is accounts' part of the row. */
export async function readStaffNames(db: Sql | Tx, except?: UserId): Promise<string[]> {
  const { rows } = await sql<{ username: string }>`
    select username from users
    where role <> 'member' and deleted_at is null and user_id is distinct from ${except ?? null}::uuid`.execute(
    db,
  )
  return rows.map(({ username }) => username)
}

export async function membersAfter(db: Sql, after: UserId | undefined, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from users where user_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by user_id limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}

/** Takes away what others could know a deleted member by; the row stays, so that the id stays theirs. */
export async function eraseMember(tx: Tx, member: MemberRow, now: Date): Promise<void> {
  const { user_id } = member
  await releaseUsernames(tx, user_id, [member.username, ...member.held_usernames])
  await dropActivity(tx, user_id)
  await updateMember(tx, user_id, {
    username: '',
    full_name: '',
    bio: '',
    link: null,
    is_private: true,
    is_verified: false,
    media_epoch: member.media_epoch + 1,
    avatar_media_id: null,
    next_avatar_media_id: null,
    held_usernames: [],
    deleted_at: now,
  })
}

export async function dropActivity(db: Sql | Tx, userId: UserId): Promise<void> {
  await tables(db).deleteFrom('user_activity').where('user_id', '=', userId).execute()
}

/** Those who joined last, newest first. */
export async function newestMembers(db: Sql, limit: number): Promise<UserId[]> {
  const rows = await tables(db)
    .selectFrom('users')
    .select('user_id')
    .where('deleted_at', 'is', null)
    .where('hidden_at', 'is', null)
    .orderBy('user_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ user_id }) => user_id)
}

/** Exact where a count is cheap, the planner's estimate above 100 000. */
export async function countMembers(db: Sql): Promise<number> {
  const { rows } = await sql<{ members: number }>`
    select case when estimate.rows > 100000 then estimate.rows
                else (select count(*) from users where deleted_at is null and hidden_at is null) end::bigint as members
    from (select reltuples::bigint as rows from pg_class where oid = 'users'::regclass) as estimate`.execute(
    db,
  )
  return rows[0]?.members ?? 0
}

export function readActivity(
  db: Sql,
  ids: readonly UserId[],
): Promise<{ user_id: UserId; last_active_at: Date }[]> {
  return tables(db)
    .selectFrom('user_activity')
    .select(['user_id', 'last_active_at'])
    .where('user_id', '=', sql<UserId>`any(${ids})`)
    .execute()
}

export async function noteActivity(db: Sql | Tx, userId: UserId, at: Date): Promise<void> {
  await tables(db)
    .insertInto('user_activity')
    .values({ user_id: userId, last_active_at: at })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ last_active_at: at }))
    .execute()
}
