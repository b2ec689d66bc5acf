import {
  type ConversationId,
  type MessageId,
  type MessageSettings,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Graph } from '../graph/api.ts'
import { type ConversationRecord, type MemberRow, readConversations } from './conversation-store.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { isThere } from './policy.ts'
import { readSettings } from './settings-store.ts'

export interface ReaderDeps {
  db: Db
  cache: Cache
  clock: Clock
  messageStore: MessageStore
  graph: Pick<Graph, 'judge' | 'followingAmong' | 'restrictersOf'>
  /** Seconds. */
  conversationTtl: number
}

/** A conversation, as one of its members stands in it. */
export interface Mine {
  record: ConversationRecord
  me: MemberRow
}

/** Of conversations that are not there: answered as fast as those one is not in. */
const ABSENCE = { ttl: 60, most: 10_000 }
const SETTINGS_TTL = 3600
const unset: MessageSettings = { presence: true, read_receipts: true, accept_from: 'everyone' }
const NEWS = [
  on(
    [
      'conversation.created',
      'conversation.changed',
      'conversation.members_changed',
      'conversation.settings_changed',
    ],
    (e) => [e.conversation_id],
  ),
]

/** Conversations by id, and who may see what is in them. */
export class ConversationsReader {
  readonly #deps: ReaderDeps
  readonly #records: Entries<ConversationId, ConversationRecord>
  readonly #settings: Entries<UserId, MessageSettings>

  constructor(deps: ReaderDeps) {
    this.#deps = deps
    const { cache, conversationTtl: ttl } = deps
    this.#records = cache.entries('conversation', { ttl, absence: ABSENCE, forgets: NEWS })
    this.#settings = cache.entries('message-settings', {
      ttl: SETTINGS_TTL,
      forgets: [on(['messages.settings_changed', 'user.deleted'], (e) => [e.user_id])],
    })
  }

  /** By id, whoever asks. */
  async records(ids: readonly ConversationId[]): Promise<Map<ConversationId, ConversationRecord>> {
    if (ids.length === 0) return new Map()
    const found = await this.#records.throughMany(ids, async (missing) =>
      byField(await readConversations(this.#deps.db.query, missing), 'conversation_id'),
    )
    return byField(found, 'conversation_id')
  }

  /** Rejects with `not_found` where there is none, and where the member is not in it. */
  async mine(viewerId: UserId, id: ConversationId): Promise<Mine> {
    const record = (await this.records([id])).get(id)
    const me = record && memberOf(record, viewerId)
    if (!record || !me) throw new TintypeError('not_found')
    return { record, me }
  }

  async settings(ids: readonly UserId[]): Promise<Map<UserId, MessageSettings>> {
    const found = await this.#settings.throughMany(ids, async (missing) => {
      const rows = await readSettings(this.#deps.db.query, missing)
      const set = new Map(rows.map(({ user_id, ...settings }) => [user_id, settings]))
      return new Map(missing.map((id) => [id, set.get(id) ?? unset]))
    })
    return new Map(ids.map((id, at) => [id, found[at] ?? unset]))
  }

  /** A message that this member may see; rejects with `not_found`. */
  async message(
    viewerId: UserId,
    id: ConversationId,
    messageId: MessageId,
  ): Promise<Mine & { row: MessageRow }> {
    const mine = await this.mine(viewerId, id)
    const row = await this.row(id, messageId)
    if (!row || !(await this.sees(mine, [row])).has(messageId)) throw new TintypeError('not_found')
    return { ...mine, row }
  }

  async row(conversation_id: ConversationId, message_id: MessageId): Promise<MessageRow | undefined> {
    const [row] = await this.#deps.messageStore.read([{ conversation_id, message_id }])
    return row && rowOf(row)
  }

  /**
   * Those of a conversation's messages that its member sees: what was said since they came, whose time is not over; in a group not of
   * whom they do not see. What two have said to each other stays with both, whatever has come between them.
   */
  async sees(
    { record, me }: Mine,
    rows: readonly Pick<MessageRow, 'message_id' | 'sender_id' | 'marks'>[],
  ): Promise<Set<MessageId>> {
    const now = this.#deps.clock.now()
    const there = rows.filter((row) => isThere(me, row, now))
    const ids = (some: typeof there) => new Set(some.map((row) => row.message_id))
    const others = [...new Set(there.flatMap(({ sender_id }) => sender_id ?? []))].filter(
      (id) => id !== me.user_id,
    )
    if (record.kind === 'direct' || others.length === 0) return ids(there)
    const judge = await this.#deps.graph.judge(me.user_id, others)
    const isHidden = (id: UserId | null) => id !== null && id !== me.user_id && judge(id) === 'hidden'
    return ids(there.filter((row) => !isHidden(row.sender_id)))
  }

  /**
   * Whether the member may write here. In a direct conversation the other must be there, with no block between the two, and, as long as they
   * have not accepted, take messages from them.
   */
  async maySend({ record, me }: Mine): Promise<boolean> {
    if (record.kind === 'group') return true
    const other = record.members.find(({ user_id }) => user_id !== me.user_id)
    if (!other) return false
    const judge = await this.#deps.graph.judge(me.user_id, [other.user_id])
    if (judge(other.user_id) === 'hidden') return false
    if (other.status !== 'request') return true
    // Who is restricted cannot tell, and goes on where they could before.
    if (other.set_aside) return true
    return this.accepts(other.user_id, me.user_id)
  }

  /** Who lets a member know nothing of what they do: neither what they have read nor that they are here. */
  restrictersOf(userId: UserId): Promise<ReadonlySet<UserId>> {
    return this.#deps.graph.restrictersOf(userId)
  }

  /** Whether somebody lets a member begin a conversation with them. */
  async accepts(userId: UserId, from: UserId): Promise<boolean> {
    const { accept_from } = (await this.settings([userId])).get(userId) ?? unset
    if (accept_from === 'everyone') return true
    return (await this.#deps.graph.followingAmong(userId, [from])).has(from)
  }
}

export const memberOf = (record: ConversationRecord, userId: UserId): MemberRow | undefined =>
  record.members.find((member) => member.user_id === userId)

export const idsOf = (members: readonly MemberRow[]): UserId[] => members.map((member) => member.user_id)

/** Members who are told of what is said: those who have declined it are not. */
export const listeners = ({ members }: ConversationRecord): MemberRow[] =>
  members.filter(({ status }) => status !== 'declined')
