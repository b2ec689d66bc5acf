import type { ConversationId, ConversationStatus, MessageId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'
import { furthest } from './policy.ts'

type Handle = Sql | Tx

export interface InboxRow {
  user_id: UserId
  conversation_id: ConversationId
  status: ConversationStatus
  muted: boolean
  pinned: boolean
  active_id: MessageId | null
  seen_up_to: MessageId | null
}
/** Where a page of a list ended: pinned ones come first. */
export interface Behind {
  pinned: boolean
  active_id: MessageId
}

const columns = 'user_id, conversation_id, status, muted, pinned, active_id, seen_up_to'

/** Pinned first, then last active first. */
export const pageInbox = (
  db: Handle,
  userId: UserId,
  { status, filtered }: { status: 'accepted' | 'request'; filtered: boolean },
  { behind, limit }: { behind: Behind | undefined; limit: number },
): Promise<InboxRow[]> =>
  behind === undefined
    ? selectFirst(db, userId, status, limit, filtered)
    : selectBehind(db, userId, status, limit, filtered, behind.pinned, behind.active_id)
const inList = `select ${columns} from inbox where user_id = $1 and status = $2 and filtered = $4 and active_id is not null`
const inOrder = 'order by pinned desc, active_id desc limit $3'
const selectFirst = statement<InboxRow>(`${inList} ${inOrder}`)
const selectBehind = statement<InboxRow>(
  `${inList} and (pinned, active_id) < ($5::boolean, $6::uuid) ${inOrder}`,
)

export const readInbox = (db: Handle, userId: UserId, ids: readonly ConversationId[]): Promise<InboxRow[]> =>
  selectMany(db, userId, ids)
const selectMany = statement<InboxRow>(
  `select ${columns} from inbox where user_id = $1 and conversation_id = any($2::uuid[])`,
)

/** Those of many members that may have something unread that their badges count. */
export const unreadCandidates = (
  db: Handle,
  userIds: readonly UserId[],
): Promise<Pick<InboxRow, 'user_id' | 'conversation_id' | 'seen_up_to'>[]> => selectUnread(db, userIds)
const selectUnread = statement<Pick<InboxRow, 'user_id' | 'conversation_id' | 'seen_up_to'>>(`
  select user_id, conversation_id, seen_up_to from inbox
  where user_id = any($1::uuid[]) and status = 'accepted' and not muted and other_id is not null
    and (seen_up_to is null or seen_up_to < other_id)`)

export async function countRequests(
  db: Handle,
  userId: UserId,
): Promise<{ requests_count: number; filtered_count: number }> {
  const { rows } = await sql<{ requests_count: number; filtered_count: number }>`
    select count(*) filter (where not filtered)::int as requests_count,
      count(*) filter (where filtered)::int as filtered_count
    from inbox where user_id = ${userId} and status = 'request' and active_id is not null`.execute(db)
  return rows[0] ?? { requests_count: 0, filtered_count: 0 }
}

/** Puts a request out of sight; false where it is, or their member has decided otherwise. */
export async function setFiltered(tx: Tx, id: ConversationId, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    with filtered as (
      update conversation_members set filtered = true
      where conversation_id = ${id} and user_id = ${userId} and status = 'request' and not filtered returning user_id
    )
    update inbox set filtered = true
    from filtered where inbox.user_id = filtered.user_id and inbox.conversation_id = ${id} returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Mutes or pins, under member and conversation; answers whether it is there. */
export async function setSettings(
  tx: Tx,
  userId: UserId,
  id: ConversationId,
  { muted, pinned }: { muted?: boolean | undefined; pinned?: boolean | undefined },
): Promise<boolean> {
  const { rows } = await sql`
    with muted as (
      update conversation_members set muted = coalesce(${muted ?? null}::boolean, muted)
      where conversation_id = ${id} and user_id = ${userId} returning user_id
    )
    update inbox set muted = coalesce(${muted ?? null}::boolean, inbox.muted),
      pinned = coalesce(${pinned ?? null}::boolean, pinned)
    from muted where inbox.user_id = muted.user_id and inbox.conversation_id = ${id} returning 1`.execute(tx)
  return rows.length > 0
}

/** Held by whoever pins, so that there are never more than may be. */
export async function lockPins(tx: Tx, userId: UserId): Promise<number> {
  await lock(tx, `pins:${userId}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from inbox where user_id = ${userId} and pinned`.execute(tx)
  return rows[0]?.count ?? 0
}

/** A message that is to be told of. */
export interface Sent {
  conversation_id: ConversationId
  message_id: MessageId
  /** Null: a line of the conversation itself, which nobody has to be allowed to write. */
  sender_id: UserId | null
  member_ids: readonly UserId[]
  /** There may be an address in its text. */
  link?: boolean
}

/**
 * Puts conversations on top of their members' lists. Done, at its place, is each message whose sender is in the conversation: their row is
 * locked, so nobody is taken out meanwhile.
 */
export function bumping(sent: readonly Sent[]): Change<{ place: string }> {
  const rows = rowsOf(sent)
  return {
    change: sql`
      wanted as (
        select * from unnest(
          ${rows.map((row) => row.user_id)}::uuid[], ${rows.map((row) => row.conversation_id)}::uuid[],
          ${rows.map((row) => row.message_id)}::uuid[], ${rows.map((row) => row.other_id)}::uuid[])
          w (user_id, conversation_id, message_id, other_id)
      ),
      senders as (
        select * from unnest(${sent.map((one) => one.sender_id)}::uuid[],
          ${sent.map((one) => one.conversation_id)}::uuid[]) with ordinality s (user_id, conversation_id, place)
      ),
      held as (
        select inbox.user_id, inbox.conversation_id, inbox.status, wanted.message_id, wanted.other_id
        from inbox join wanted using (user_id, conversation_id)
        order by inbox.user_id, inbox.conversation_id for no key update of inbox
      ),
      bumped as (
        update inbox set active_id = greatest(inbox.active_id, held.message_id),
          other_id = greatest(inbox.other_id, held.other_id)
        from held where inbox.user_id = held.user_id and inbox.conversation_id = held.conversation_id
          and held.status in ('accepted', 'request')
      ),
      done as (
        select place from senders where user_id is null or exists (
          select from held where held.user_id = senders.user_id
            and held.conversation_id = senders.conversation_id and held.status <> 'left')
      )`,
    answer: sql`select place from done`,
  }
}

interface Bump {
  user_id: UserId
  conversation_id: ConversationId
  message_id: MessageId
  /** The same where somebody else said it. */
  other_id: MessageId | null
}

/** One for each member of each conversation, with the highest of its messages. */
function rowsOf(sent: readonly Sent[]): Bump[] {
  const rows = new Map<string, Bump>()
  for (const { conversation_id, message_id, sender_id, member_ids } of sent)
    for (const user_id of member_ids) {
      const key = `${user_id} ${conversation_id}`
      const known = rows.get(key)
      const isOthers = sender_id !== null && sender_id !== user_id
      rows.set(key, {
        user_id,
        conversation_id,
        message_id: known && known.message_id > message_id ? known.message_id : message_id,
        other_id: furthest(known?.other_id, isOthers ? message_id : null),
      })
    }
  return [...rows.values()]
}

/** Conversations in which a member is or ever was, by id. */
export async function everIn(
  db: Handle,
  userId: UserId,
  after: ConversationId | undefined,
  limit: number,
): Promise<ConversationId[]> {
  const above = after === undefined ? sql`` : sql`and conversation_id > ${after}`
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from inbox where user_id = ${userId} ${above} order by conversation_id limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.conversation_id)
}

export async function dropFromInbox(db: Handle, userId: UserId, id: ConversationId): Promise<void> {
  await sql`delete from inbox where user_id = ${userId} and conversation_id = ${id}`.execute(db)
}

/** The last active of a member's conversations, whoever is to be told that they are there. */
export async function lastActiveIn(db: Handle, userId: UserId, limit: number): Promise<ConversationId[]> {
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from inbox where user_id = ${userId} and status = 'accepted' and active_id is not null
    order by pinned desc, active_id desc limit ${limit}`.execute(db)
  return rows.map((row) => row.conversation_id)
}

/** Of conversations behind one, by id: for walking through all of them. */
export async function conversationsAfter(
  db: Handle,
  after: ConversationId | undefined,
  limit: number,
): Promise<ConversationId[]> {
  const above = after === undefined ? sql`` : sql`where conversation_id > ${after}`
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from conversations ${above} order by conversation_id limit ${limit}`.execute(db)
  return rows.map((row) => row.conversation_id)
}

/** Sets what a list is ordered by, and what is counted above, of members who see anything of the conversation. */
export async function setActive(
  db: Handle,
  rows: readonly Omit<InboxRow, Exclude<keyof InboxRow, 'user_id' | 'conversation_id' | 'active_id'>>[],
): Promise<void> {
  await sql`
    update inbox set active_id = w.active_id, other_id = w.active_id from unnest(
      ${rows.map((row) => row.user_id)}::uuid[], ${rows.map((row) => row.conversation_id)}::uuid[],
      ${rows.map((row) => row.active_id)}::uuid[]) w (user_id, conversation_id, active_id)
    where inbox.user_id = w.user_id and inbox.conversation_id = w.conversation_id and inbox.status <> 'left'`.execute(
    db,
  )
}

/** Conversations that a member is in, by id. */
export async function conversationsOf(
  db: Handle,
  userId: UserId,
  after: ConversationId | null,
  limit: number,
): Promise<ConversationId[]> {
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from inbox
    where user_id = ${userId} and status <> 'left'
      and conversation_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by conversation_id limit ${limit}`.execute(db)
  return rows.map((row) => row.conversation_id)
}
