import type {
  ConversationId,
  ConversationStatus,
  GroupRole,
  MediaId,
  MessageId,
  UserId,
} from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface MemberRow {
  user_id: UserId
  role: GroupRole
  status: ConversationStatus
  muted: boolean
  /** When they came (UUIDv7). */
  since: string
  visible_above: MessageId | null
  /** It was accepted, and is a request while they hold the other back. */
  set_aside: boolean
  /** Of a request: it looks like spam. */
  filtered: boolean
}
export type NewMember = Omit<MemberRow, 'muted' | 'set_aside' | 'filtered'>
export interface ConversationRecord {
  conversation_id: ConversationId
  kind: 'direct' | 'group'
  name: string | null
  picture_id: MediaId | null
  invite_code: string | null
  /** In the order in which they came. */
  members: MemberRow[]
}
export interface MemberMarks {
  conversation_id: ConversationId
  user_id: UserId
  read_up_to: MessageId | null
  delivered_up_to: MessageId | null
}

export const readConversations = (
  db: Handle,
  ids: readonly ConversationId[],
): Promise<ConversationRecord[]> => selectMany(db, ids)
const selectMany = statement<ConversationRecord>(`
  select conversation_id, kind, name, picture_id, invite_code, coalesce((
    select json_agg(json_build_object('user_id', user_id, 'role', role, 'status', status, 'muted', muted,
      'since', since, 'visible_above', visible_above, 'set_aside', set_aside, 'filtered', filtered) order by since, user_id)
    from conversation_members m where m.conversation_id = c.conversation_id), '[]') as members
  from conversations c where conversation_id = any($1::uuid[])`)

/** From here to the end of the transaction nobody else changes it or who is in it; undefined where there is none. */
export async function lockConversation(tx: Tx, id: ConversationId): Promise<ConversationRecord | undefined> {
  await sql`select from conversations where conversation_id = ${id} for update`.execute(tx)
  const [record] = await readConversations(tx, [id])
  return record
}

export async function insertConversation(
  tx: Tx,
  { conversation_id, kind, name }: Pick<ConversationRecord, 'conversation_id' | 'kind' | 'name'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into conversations (conversation_id, kind, name) values (${conversation_id}, ${kind}, ${name})
    on conflict do nothing returning conversation_id`.execute(tx)
  return rows.length > 0
}

export async function setNamed(
  tx: Tx,
  { conversation_id, name, picture_id }: Pick<ConversationRecord, 'conversation_id' | 'name' | 'picture_id'>,
): Promise<void> {
  await sql`
    update conversations set name = ${name}, picture_id = ${picture_id}
    where conversation_id = ${conversation_id}`.execute(tx)
}

const pairOf = (one: UserId, other: UserId) => [one, other].toSorted() as [UserId, UserId]

export async function directOf(db: Handle, one: UserId, other: UserId): Promise<ConversationId | undefined> {
  const [low, high] = pairOf(one, other)
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from direct_conversations where low_id = ${low} and high_id = ${high}`.execute(db)
  return rows[0]?.conversation_id
}

/** A member's with one other each, by ascending id, that are accepted or set aside. */
export async function directsAfter(
  db: Handle,
  userId: UserId,
  after: ConversationId | undefined,
  limit: number,
): Promise<{ conversation_id: ConversationId; other_id: UserId; set_aside: boolean }[]> {
  const above = after === undefined ? sql`` : sql`and inbox.conversation_id > ${after}::uuid`
  const { rows } = await sql<{ conversation_id: ConversationId; other_id: UserId; set_aside: boolean }>`
    select conversation_id, other.user_id as other_id, mine.set_aside from inbox
    join conversations using (conversation_id)
    join conversation_members mine using (conversation_id, user_id)
    join conversation_members other using (conversation_id)
    where inbox.user_id = ${userId} ${above} and kind = 'direct' and other.user_id <> ${userId}
      and (mine.status = 'accepted' or mine.set_aside)
    order by inbox.conversation_id limit ${limit}`.execute(db)
  return rows
}

/** Answers the one that stands, which is this one where there was none. */
export async function claimDirect(
  tx: Tx,
  one: UserId,
  other: UserId,
  id: ConversationId,
): Promise<ConversationId> {
  const [low, high] = pairOf(one, other)
  const { rows } = await sql`
    insert into direct_conversations (low_id, high_id, conversation_id) values (${low}, ${high}, ${id})
    on conflict do nothing returning conversation_id`.execute(tx)
  return rows.length > 0 ? id : ((await directOf(tx, one, other)) ?? id)
}

/** Adds members, under conversation and member; who is in it stays as they are. Answers who was added. */
export async function addMembers(
  tx: Tx,
  id: ConversationId,
  members: readonly NewMember[],
): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    with wanted as (
      select * from unnest(
        ${members.map((m) => m.user_id)}::uuid[], ${members.map((m) => m.role)}::text[],
        ${members.map((m) => m.status)}::text[], ${members.map((m) => m.since)}::uuid[],
        ${members.map((m) => m.visible_above)}::uuid[]
      ) w (user_id, role, status, since, visible_above)
    ), added as (
      insert into conversation_members (conversation_id, user_id, role, status, since, visible_above)
      select ${id}::uuid, user_id, role, status, since, visible_above from wanted
      on conflict do nothing returning user_id, status, visible_above
    )
    insert into inbox (user_id, conversation_id, status, active_id, seen_up_to)
    select user_id, ${id}::uuid, status, null, visible_above from added order by user_id
    on conflict (user_id, conversation_id) do update
      set status = excluded.status, filtered = false, muted = false, pinned = false, active_id = null, other_id = null,
        seen_up_to = excluded.seen_up_to
    returning user_id`.execute(tx)
  return rows.map((row) => row.user_id)
}

/** Takes a member out. Their place in the inbox says that they were here. */
export async function removeMember(tx: Tx, id: ConversationId, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from conversation_members where conversation_id = ${id} and user_id = ${userId} returning user_id
    )
    update inbox set status = 'left', active_id = null, other_id = null, pinned = false
    from gone where inbox.user_id = gone.user_id and inbox.conversation_id = ${id} returning gone.user_id`.execute(
    tx,
  )
  return rows.length > 0
}

export async function setRole(tx: Tx, id: ConversationId, userId: UserId, role: GroupRole): Promise<void> {
  await sql`
    update conversation_members set role = ${role} where conversation_id = ${id} and user_id = ${userId}`.execute(
    tx,
  )
}

/** Answers whether that changed anything. */
export async function setStatus(
  tx: Tx,
  id: ConversationId,
  userId: UserId,
  status: ConversationStatus,
): Promise<boolean> {
  const { rows } = await sql`
    with changed as (
      update conversation_members set status = ${status}, set_aside = false, filtered = false
      where conversation_id = ${id} and user_id = ${userId} and status <> ${status} returning user_id
    )
    update inbox set status = ${status}, filtered = false
    from changed where inbox.user_id = changed.user_id and inbox.conversation_id = ${id} returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Puts it among their requests, or back where it was; false where it stands so, or they have decided otherwise since. */
export async function setAside(tx: Tx, id: ConversationId, userId: UserId, aside: boolean): Promise<boolean> {
  const [from, to] = aside ? (['accepted', 'request'] as const) : (['request', 'accepted'] as const)
  const { rows } = await sql`
    with changed as (
      update conversation_members set status = ${to}, set_aside = ${aside}
      where conversation_id = ${id} and user_id = ${userId} and status = ${from} and set_aside = ${!aside}
      returning user_id
    ),
    listed as (
      update inbox set status = ${to}
      from changed where inbox.user_id = changed.user_id and inbox.conversation_id = ${id}
    )
    select user_id from changed`.execute(tx)
  return rows.length > 0
}

/** What is there by now is not theirs to see any more, and the conversation leaves their list. */
export async function clearFor(
  tx: Tx,
  id: ConversationId,
  userId: UserId,
  upTo: MessageId | null,
): Promise<void> {
  await sql`
    with cleared as (
      update conversation_members set visible_above = greatest(visible_above, ${upTo}::uuid)
      where conversation_id = ${id} and user_id = ${userId}
    )
    update inbox set active_id = null, other_id = null, pinned = false, seen_up_to = greatest(seen_up_to, ${upTo}::uuid)
    where user_id = ${userId} and conversation_id = ${id}`.execute(tx)
}

export async function setInvite(
  tx: Tx,
  id: ConversationId,
  before: string | null,
  code: string | null,
): Promise<void> {
  await sql`
    with ended as (delete from conversation_invites where code = ${before}),
    begun as (
      insert into conversation_invites (code, conversation_id) select ${code}, ${id}::uuid where ${code}::text is not null
    )
    update conversations set invite_code = ${code} where conversation_id = ${id}`.execute(tx)
}

export async function invitedTo(db: Handle, code: string): Promise<ConversationId | undefined> {
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from conversation_invites where code = ${code}`.execute(db)
  return rows[0]?.conversation_id
}

export const readMarks = (db: Handle, ids: readonly ConversationId[]): Promise<MemberMarks[]> =>
  selectMarks(db, ids)
const selectMarks = statement<MemberMarks>(`
  select conversation_id, user_id, read_up_to, delivered_up_to from conversation_members
  where conversation_id = any($1::uuid[])`)

/** Moves a mark on; never back. Answers whether it moved. */
export async function moveMarks(
  tx: Tx,
  id: ConversationId,
  userId: UserId,
  { read, delivered }: { read: MessageId | null; delivered: MessageId },
): Promise<boolean> {
  const { rows } = await sql<{ moved: boolean }>`
    with held as (
      select read_up_to, delivered_up_to from conversation_members
      where conversation_id = ${id} and user_id = ${userId} for update
    ), moved as (
      update conversation_members m set read_up_to = greatest(m.read_up_to, ${read}::uuid),
        delivered_up_to = greatest(m.delivered_up_to, ${delivered}::uuid)
      from held where m.conversation_id = ${id} and m.user_id = ${userId} and (
        m.read_up_to is distinct from greatest(m.read_up_to, ${read}::uuid)
        or m.delivered_up_to is distinct from greatest(m.delivered_up_to, ${delivered}::uuid))
      returning 1
    ), seen as (
      update inbox set seen_up_to = greatest(seen_up_to, ${read}::uuid)
      from moved where user_id = ${userId} and conversation_id = ${id}
    )
    select true as moved from moved`.execute(tx)
  return rows.length > 0
}

/** Deletes one that nobody is in any more, and what leads to it. */
export async function deleteConversation(tx: Tx, id: ConversationId): Promise<void> {
  await sql`
    with invites as (delete from conversation_invites where conversation_id = ${id}),
    passing as (delete from passing_messages where conversation_id = ${id})
    delete from conversations where conversation_id = ${id}`.execute(tx)
}

export async function dropDirects(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from direct_conversations where low_id = ${userId} or high_id = ${userId}`.execute(tx)
}
