import type { RoleName, UserId } from '@tintype/contract'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'

/** Of the row that members has the other part of, what an account is entered by, and what it may do. */
export interface AccountRow {
  user_id: UserId
  /** Sealed (see Addresses); empty once deleted, or where the key was lost. */
  email: string
  /** When it was proven to be the member's. */
  email_verified_at: Date | null
  password_hash: string
  role: RoleName
  deleted_at: Date | null
  /** Hidden until they log in again. */
  away_at: Date | null
  /** Hidden by moderators. */
  suspended_at: Date | null
  /** When it is deleted unless they do. */
  leaves_at: Date | null
}

/** By what an address is found. */
export interface EmailIndex {
  written: string
  /** By every key that there is, the oldest first. */
  all: readonly string[]
}

/** What members are shown of their own account; addresses are sealed. */
export interface OwnRow {
  user_id: UserId
  email: string
  email_verified: boolean
  email_pending: string | null
  role: AccountRow['role']
}

type Tables = {
  users: AccountRow & { username: string; full_name: string; created_at: Date }
  emails: { email_index: string; user_id: UserId }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

const columns = [
  'user_id',
  'email',
  'email_verified_at',
  'password_hash',
  'role',
  'deleted_at',
  'away_at',
  'suspended_at',
  'leaves_at',
] as const

export async function readEmail(db: Sql | Tx, { all }: EmailIndex): Promise<UserId | undefined> {
  const row = await tables(db)
    .selectFrom('emails')
    .select('user_id')
    .where('email_index', 'in', all)
    .executeTakeFirst()
  return row?.user_id
}

export function readAccount(db: Sql | Tx, userId: UserId): Promise<AccountRow | undefined> {
  return tables(db)
    .selectFrom('users')
    .select(columns)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

const selectOwn = statement<OwnRow>(`
  select users.user_id, users.email, email_verified_at is not null as email_verified, email_changes.email as email_pending, role
  from users left join email_changes on email_changes.user_id = users.user_id and expires_at > $2
  where users.user_id = $1 and deleted_at is null`)

export async function readOwn(db: Sql, userId: UserId, now: Date): Promise<OwnRow | undefined> {
  const [own] = await selectOwn(db, userId, now)
  return own
}

/** Locks the member's row, as whoever changes it does. */
/** Undefined: there is no such account any more. */
export async function readRole(db: Sql, userId: UserId): Promise<AccountRow['role'] | undefined> {
  const row = await tables(db)
    .selectFrom('users')
    .select('role')
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row?.role
}

export function lockAccount(tx: Tx, userId: UserId): Promise<AccountRow | undefined> {
  return tables(tx)
    .selectFrom('users')
    .select(columns)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

const untouched = {
  email_verified_at: null,
  deleted_at: null,
  away_at: null,
  suspended_at: null,
  leaves_at: null,
}

/** Makes the row, which is the member's from then on; what is not said has the column's default. */
export async function insertAccount(
  tx: Tx,
  account: Omit<AccountRow, keyof typeof untouched> & {
    username: string
    full_name: string
    created_at: Date
  },
): Promise<void> {
  await tables(tx)
    .insertInto('users')
    .values({ ...account, ...untouched })
    .execute()
}

export async function updateAccount(
  tx: Tx,
  userId: UserId,
  changes: Partial<Pick<AccountRow, 'email' | 'email_verified_at' | 'leaves_at' | 'password_hash' | 'role'>>,
): Promise<void> {
  await tables(tx).updateTable('users').set(changes).where('user_id', '=', userId).execute()
}

/**
 * False where the address belongs to an account. The key of the table decides, and while there are several keys of the vault a lock, for then one
 * address may be written in several ways.
 */
export async function takeEmail(tx: Tx, { written, all }: EmailIndex, userId: UserId): Promise<boolean> {
  const others = all.filter((one) => one !== written)
  if (others.length > 0) {
    await lock(tx, `email:${all[0]}`)
    if (await readEmail(tx, { written, all: others })) return false
  }
  const taken = await tables(tx)
    .insertInto('emails')
    .values({ email_index: written, user_id: userId })
    .onConflict((conflict) => conflict.column('email_index').doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

export async function dropEmail(tx: Tx, { all }: EmailIndex, userId: UserId): Promise<void> {
  await tables(tx)
    .deleteFrom('emails')
    .where('email_index', 'in', all)
    .where('user_id', '=', userId)
    .execute()
}

/** Nobody can log in with it any more, and its address is free. */
export async function eraseAccount(tx: Tx, user_id: UserId, email: EmailIndex): Promise<void> {
  await dropEmail(tx, email, user_id)
  await updateAccount(tx, user_id, {
    email: '',
    email_verified_at: null,
    password_hash: '',
    role: 'member',
    leaves_at: null,
  })
}

/** Whose time to change their mind is over. */
export async function dueToLeave(db: Sql, now: Date, limit: number): Promise<UserId[]> {
  const rows = await tables(db)
    .selectFrom('users')
    .select('user_id')
    .where('leaves_at', '<=', now)
    .orderBy('leaves_at')
    .limit(limit)
    .execute()
  return rows.map(({ user_id }) => user_id)
}

/** Locks who has had their account for longest, `except` left out: they cannot leave before the transaction has ended. */
export async function longestAccount(tx: Tx, except: UserId): Promise<UserId | undefined> {
  const row = await tables(tx)
    .selectFrom('users')
    .select('user_id')
    .where('deleted_at', 'is', null)
    .where('leaves_at', 'is', null)
    .where('suspended_at', 'is', null)
    .where('user_id', '!=', except)
    .orderBy('user_id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return row?.user_id
}
