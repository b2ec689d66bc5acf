import { randomBytes } from 'node:crypto'
import {
  type ConversationId,
  type ConversationInvite,
  conversationSubject,
  type Events,
  limits,
  type MediaId,
  TintypeError,
  type UploadId,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Graph } from '../graph/api.ts'
import * as store from './conversation-store.ts'
import type { Conversations } from './conversations.ts'
import type { MessageMedia, OfKind } from './deps.ts'
import { type ConversationsReader, idsOf, type Mine, memberOf } from './reader.ts'

export interface GroupDeps<Checked extends OfKind> {
  db: Db
  outbox: Pick<Outbox, 'append' | 'act'>
  clock: Clock
  messageStore: Pick<MessageStore, 'newest'>
  reader: Pick<ConversationsReader, 'mine' | 'records'>
  conversations: Pick<Conversations, 'members' | 'invited'>
  graph: Pick<Graph, 'followingAmong' | 'judge'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  media: MessageMedia<Checked>
}

type Line = NonNullable<Events['conversation.changed']['line']>

/** Groups: who is in them, who decides that, what they are called. Each change holds the group, so they come one after the other. */
export class Groups<Checked extends OfKind = OfKind> {
  readonly #deps: GroupDeps<Checked>

  constructor(deps: GroupDeps<Checked>) {
    this.#deps = deps
  }

  async edit(
    viewerId: UserId,
    id: ConversationId,
    body: { name?: string | null; picture_upload_id?: UploadId | null },
  ): Promise<void> {
    await this.#adminOf(viewerId, id)
    const upload = body.picture_upload_id
    const uploads = upload ? await this.#deps.media.checkUploads(viewerId, [upload], 'avatar') : undefined
    await this.#asAdmin(viewerId, id, async (tx, record) => {
      const name = body.name === undefined ? record.name : body.name || null
      const picture_id = await this.#picture(tx, viewerId, record, upload, uploads)
      await store.setNamed(tx, { conversation_id: id, name, picture_id })
      const lines: Line[] = []
      if (name !== record.name) lines.push({ event: 'renamed', actor_id: viewerId, user_ids: [] })
      if (picture_id !== record.picture_id)
        lines.push({ event: 'picture_changed', actor_id: viewerId, user_ids: [] })
      return lines.map((line) => changed(id, line))
    })
  }

  /** Undefined: as it is; null: none. */
  async #picture(
    tx: Tx,
    owner_id: UserId,
    record: store.ConversationRecord,
    upload: UploadId | null | undefined,
    uploads: Checked[] | undefined,
  ): Promise<MediaId | null> {
    const { media, outbox, clock } = this.#deps
    if (upload === undefined) return record.picture_id
    if (record.picture_id) await media.release(tx, [record.picture_id])
    if (!uploads) return null
    const media_id = newId<MediaId>(clock)
    const subject = conversationSubject(record.conversation_id)
    const { change, events } = media.attaching([
      { owner_id, subject, purpose: 'avatar', uploads, media_ids: [media_id] },
    ])
    const made = await outbox.act(tx, { change, answer: sql`select from done` }, events)
    if (made.length === 0) throw new TintypeError('upload_already_used')
    return media_id
  }

  /** Who is added sees what is said from then on. */
  async add(viewerId: UserId, id: ConversationId, usernames: readonly string[]): Promise<void> {
    await this.#adminOf(viewerId, id)
    const { conversations } = this.#deps
    const members = await conversations.invited(viewerId, await conversations.members(viewerId, usernames))
    const visible_above = await this.#newest(id)
    await this.#asAdmin(viewerId, id, async (tx) => {
      const joined_ids = await this.#put(
        tx,
        id,
        members.map((member) => ({ ...member, visible_above })),
      )
      if (joined_ids.length === 0) return []
      const line: Line = { event: 'added', actor_id: viewerId, user_ids: joined_ids }
      return [membersChanged(id, { joined_ids, line })]
    })
  }

  async remove(viewerId: UserId, id: ConversationId, username: string): Promise<void> {
    await this.#adminOf(viewerId, id)
    const userId = await this.#memberNamed(viewerId, id, username)
    if (userId === viewerId) throw new TintypeError('cannot_target_self')
    await this.#asAdmin(viewerId, id, async (tx) => {
      if (!(await store.removeMember(tx, id, userId))) throw new TintypeError('not_found')
      const line: Line = { event: 'removed', actor_id: viewerId, user_ids: [userId] }
      return [membersChanged(id, { left_ids: [userId], line })]
    })
  }

  async leave(viewerId: UserId, id: ConversationId): Promise<void> {
    const { record } = await this.#deps.reader.mine(viewerId, id)
    if (record.kind !== 'group') throw new TintypeError('not_a_group')
    const line: Line = { event: 'left', actor_id: viewerId, user_ids: [] }
    if (!(await this.takeOut(viewerId, id, line))) throw new TintypeError('not_found')
  }

  /** False where they are not in it. A group always has an admin: after the last one, who was in it longest. */
  async takeOut(userId: UserId, id: ConversationId, line?: Line): Promise<boolean> {
    const { db, outbox } = this.#deps
    return db.tx(async (tx) => {
      const record = await store.lockConversation(tx, id)
      if (!record || !(await store.removeMember(tx, id, userId))) return false
      const left = record.members.filter((member) => member.user_id !== userId)
      const heir = left.some(({ role }) => role === 'admin') ? undefined : heirOf(left)
      if (heir && record.kind === 'group') await store.setRole(tx, id, heir.user_id, 'admin')
      await outbox.append(tx, [membersChanged(id, { left_ids: [userId], ...(line ? { line } : {}) })])
      return true
    })
  }

  async setRole(
    viewerId: UserId,
    id: ConversationId,
    username: string,
    role: 'admin' | 'member',
  ): Promise<void> {
    await this.#adminOf(viewerId, id)
    const userId = await this.#memberNamed(viewerId, id, username)
    if (userId === viewerId && role === 'member') throw new TintypeError('cannot_target_self')
    await this.#asAdmin(viewerId, id, async (tx, record) => {
      const member = memberOf(record, userId)
      if (!member) throw new TintypeError('not_found')
      if (member.role === role) return []
      await store.setRole(tx, id, userId, role)
      return role === 'admin'
        ? [changed(id, { event: 'made_admin', actor_id: viewerId, user_ids: [userId] })]
        : [changed(id)]
    })
  }

  /** A new code; the one before leads nowhere. */
  async invite(viewerId: UserId, id: ConversationId): Promise<{ code: string }> {
    const code = randomBytes(16).toString('base64url')
    await this.#setInvite(viewerId, id, code)
    return { code }
  }

  uninvite(viewerId: UserId, id: ConversationId): Promise<void> {
    return this.#setInvite(viewerId, id, null)
  }

  async #setInvite(viewerId: UserId, id: ConversationId, code: string | null): Promise<void> {
    await this.#adminOf(viewerId, id)
    await this.#asAdmin(viewerId, id, async (tx, record) => {
      await store.setInvite(tx, id, record.invite_code, code)
      return [changed(id)]
    })
  }

  async invitation(viewerId: UserId, code: string): Promise<ConversationInvite> {
    const { graph, people } = this.#deps
    const record = await this.#invitedTo(code)
    const ids = idsOf(record.members)
    const known = await graph.followingAmong(viewerId, ids)
    const names = await people.summaries([...known])
    return {
      name: record.name,
      members_count: ids.length,
      known: [...names.values()],
      conversation_id: memberOf(record, viewerId) ? record.conversation_id : null,
    }
  }

  /** Twice is once. Who joins sees what is said from then on. */
  async join(viewerId: UserId, code: string): Promise<ConversationId> {
    const { db, outbox, clock } = this.#deps
    const { conversation_id: id } = await this.#invitedTo(code)
    const visible_above = await this.#newest(id)
    await db.tx(async (tx) => {
      const record = await store.lockConversation(tx, id)
      if (!record || record.invite_code !== code) throw new TintypeError('not_found')
      if (memberOf(record, viewerId)) return
      const me = { user_id: viewerId, role: 'member', status: 'accepted', since: newId(clock) } as const
      const joined_ids = await this.#put(tx, id, [{ ...me, visible_above }])
      const line: Line = { event: 'joined', actor_id: viewerId, user_ids: [] }
      await outbox.append(tx, [membersChanged(id, { joined_ids, line })])
    })
    return id
  }

  async #invitedTo(code: string): Promise<store.ConversationRecord> {
    const { db, reader } = this.#deps
    const id = await store.invitedTo(db.query, code)
    const record = id && (await reader.records([id])).get(id)
    if (!record) throw new TintypeError('not_found')
    return record
  }

  /** Adds members under the lock that is held; rejects where they are too many. */
  async #put(tx: Tx, id: ConversationId, members: readonly store.NewMember[]): Promise<UserId[]> {
    const added = await store.addMembers(tx, id, members)
    const [record] = await store.readConversations(tx, [id])
    if ((record?.members.length ?? 0) > limits.groupMembers) throw new TintypeError('group_full')
    return added
  }

  async #newest(id: ConversationId) {
    return (await this.#deps.messageStore.newest([id], 1)).get(id)?.[0]?.message_id ?? null
  }

  /** Whoever is in it and seen by the viewer, by name. */
  async #memberNamed(viewerId: UserId, id: ConversationId, username: string): Promise<UserId> {
    const { record } = await this.#deps.reader.mine(viewerId, id)
    const names = await this.#deps.people.summaries(idsOf(record.members))
    const judge = await this.#deps.graph.judge(viewerId, [...names.keys()])
    const wanted = username.toLowerCase()
    for (const [userId, one] of names)
      if (one.username.toLowerCase() === wanted && judge(userId) !== 'hidden') return userId
    throw new TintypeError('not_found')
  }

  /** Asked before there is any work, and again under the lock. */
  async #adminOf(viewerId: UserId, id: ConversationId): Promise<Mine> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    assertAdmin(mine.record, viewerId)
    return mine
  }

  async #asAdmin(
    viewerId: UserId,
    id: ConversationId,
    change: (tx: Tx, record: store.ConversationRecord) => Promise<NewEvent[]>,
  ): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const record = await store.lockConversation(tx, id)
      if (!record) throw new TintypeError('not_found')
      assertAdmin(record, viewerId)
      await outbox.append(tx, await change(tx, record))
    })
  }
}

function assertAdmin(record: store.ConversationRecord, viewerId: UserId): void {
  const me = memberOf(record, viewerId)
  if (!me) throw new TintypeError('not_found')
  if (record.kind !== 'group') throw new TintypeError('not_a_group')
  if (me.role !== 'admin') throw new TintypeError('not_an_admin')
}

/** Whoever has accepted first, where anybody has. */
const heirOf = (members: readonly store.MemberRow[]): store.MemberRow | undefined =>
  members.find(({ status }) => status === 'accepted') ?? members[0]

const changed = (conversation_id: ConversationId, line?: Line): NewEvent => ({
  type: 'conversation.changed',
  payload: { conversation_id, ...(line ? { line } : {}) },
})

const membersChanged = (
  conversation_id: ConversationId,
  { joined_ids = [], left_ids = [], line }: { joined_ids?: UserId[]; left_ids?: UserId[]; line?: Line },
): NewEvent => ({
  type: 'conversation.members_changed',
  payload: {
    conversation_id,
    joined_ids,
    left_ids,
    ...(line ? { line } : {}),
  },
})
