import type { RoleName, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import { foldUsername } from '../../text/names.ts'

/** A member as those see them who look after the community, suspended or not. */
export interface StaffView {
  user_id: UserId
  username: string
  full_name: string
  is_private: boolean
  is_verified: boolean
  role: RoleName
  is_silenced: boolean
  suspended_at: Date | null
  suspended_until: Date | null
  created_at: Date
}
export type StaffQuery = { q?: string; only?: 'staff' | 'silenced' | 'suspended' }

const columns = sql`user_id, username, full_name, is_private, is_verified, role, is_silenced, suspended_at, suspended_until, created_at`

/** Deleted ones are absent. */
export async function viewMembers(db: Sql, ids: readonly UserId[]): Promise<StaffView[]> {
  const { rows } = await sql<StaffView>`
    select ${columns} from users where user_id = any(${ids}::uuid[]) and deleted_at is null`.execute(db)
  return rows
}

const ranks = sql`array_position(array['owner', 'admin', 'moderator', 'member'], role)`
const groups = {
  staff: sql`role <> 'member'`,
  silenced: sql`is_silenced`,
  suspended: sql`suspended_at is not null`,
}

/** By the beginning of their name, and of a group. */
export async function findMembers(
  db: Sql,
  { q = '', only }: StaffQuery,
  limit: number,
): Promise<StaffView[]> {
  const name = foldUsername(q)
  const { rows } = await sql<StaffView>`
    select ${columns} from users
    where deleted_at is null and ${only ? groups[only] : sql`true`}
      ${
        name === ''
          ? sql``
          : sql`and user_id in (select user_id from usernames
              where held_until is null and starts_with(username, ${name}) limit ${limit})`
      }
    order by ${ranks}, user_id desc limit ${limit}`.execute(db)
  return rows
}

/** Whether somebody but these may decide for the community. */
export async function hasOtherStaff(db: Sql, except: readonly UserId[]): Promise<boolean> {
  const { rows } = await sql`
    select from users where role <> 'member' and hidden_at is null and deleted_at is null
      and user_id <> all(${except}::uuid[]) limit 1`.execute(db)
  return rows.length > 0
}
