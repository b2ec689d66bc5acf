import type { ConversationId, Message, RealtimeMessage, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { MessageRef, MessageStore } from '../../engines/message-store/port.ts'
import { type ToMembers, tellBadge, tellMembers, tellTogether } from '../../kit/member-channel.ts'
import type { Graph } from '../graph/api.ts'
import { type ConversationRecord, directOf, type MemberRow } from './conversation-store.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { type ConversationsReader, idsOf, listeners, memberOf } from './reader.ts'
import type { MessageShow } from './show.ts'

export interface LiveDeps {
  db: Db
  cache: Pick<Cache, 'hear'>
  broadcast: Pick<Broadcast, 'publish'>
  messageStore: Pick<MessageStore, 'read'>
  reader: Pick<ConversationsReader, 'records' | 'settings'>
  graph: Pick<Graph, 'restricts'>
  show: MessageShow
}

export const toldOf = [
  'message.sent',
  'message.edited',
  'message.unsent',
  'message.reacted',
  'message.opened',
  'message.settled',
  'message.expired',
  'conversation.created',
  'conversation.changed',
  'conversation.members_changed',
  'conversation.settings_changed',
  'conversation.read',
] as const
/** After which who is in a conversation, and how, may be another. */
const changing: ReadonlySet<string> = new Set([
  'conversation.changed',
  'conversation.members_changed',
  'conversation.settings_changed',
])
type Told = Event<(typeof toldOf)[number]>

/** What a batch of facts is told with. */
interface Scene {
  records: ReadonlyMap<ConversationId, ConversationRecord>
  rows: ReadonlyMap<string, MessageRow>
  said: ToMembers[]
  counted: Set<UserId>
}

/** What open apps are told, each member as they see it. Facts of one conversation in their order. */
export class ConversationsLive {
  readonly #deps: LiveDeps

  constructor(deps: LiveDeps) {
    this.#deps = deps
  }

  async tell(events: readonly Told[]): Promise<void> {
    const { cache, reader, messageStore, broadcast } = this.#deps
    // Whoever left before something was said is not told of it, also where this process has not heard of that yet.
    await cache.hear(events.filter(({ type }) => changing.has(type)))
    const refs = new Map(
      events.flatMap(({ payload }) =>
        'message_id' in payload ? [[keyOf(payload), payload as MessageRef] as const] : [],
      ),
    )
    const [records, rows] = await Promise.all([
      reader.records([...new Set(events.map(({ payload }) => payload.conversation_id))]),
      messageStore.read([...refs.values()]),
    ])
    const scene: Scene = {
      records,
      rows: new Map(rows.map((row) => [keyOf(row), rowOf(row)])),
      said: [],
      counted: new Set(),
    }
    const byConversation = Map.groupBy(events, ({ payload }) => payload.conversation_id)
    await Promise.all(
      [...byConversation.values()].map(async (some) => {
        for (const event of some) await this.#one(event, scene)
      }),
    )
    // An app that is not reached fetches when it is opened.
    if (scene.said.length > 0) await tellTogether(broadcast, scene.said).catch(() => {})
    if (scene.counted.size > 0)
      await tellBadge(broadcast, 'messages.unread', [...scene.counted]).catch(() => {})
  }

  async #one(event: Told, scene: Scene): Promise<void> {
    const { payload } = event
    const record = scene.records.get(payload.conversation_id)
    if (!record) return
    const { conversation_id } = record
    if (event.type.startsWith('message.')) return this.#message(event, record, scene)
    if (event.type === 'conversation.read') return this.#read(event, record, scene)
    const changed = { type: 'conversation.changed', data: { conversation_id } } as const
    const gone = { type: 'conversation.gone', data: { conversation_id } } as const
    if (event.type === 'conversation.settings_changed') {
      const { user_id } = event.payload
      this.#say(scene, [user_id], event.payload.gone ? gone : changed)
      this.#count(scene, [user_id])
    } else if (event.type === 'conversation.created' && record.kind === 'direct') {
      this.#say(scene, [event.payload.creator_id], changed)
    } else {
      this.#say(scene, idsOf(listeners(record)), changed)
      if (event.type !== 'conversation.members_changed') return
      const left = event.payload.left_ids.filter((id) => !memberOf(record, id))
      this.#say(scene, left, gone)
      this.#count(scene, left)
    }
  }

  async #message(event: Told, record: ConversationRecord, scene: Scene): Promise<void> {
    const { payload } = event
    if (!('message_id' in payload)) return
    const { conversation_id, message_id } = payload
    const members = listeners(record)
    const row = scene.rows.get(keyOf(payload))
    if (event.type === 'message.expired' || !row) {
      const data = { conversation_id, message_id }
      this.#say(scene, idsOf(members), { type: 'message.gone', data })
      return this.#count(scene, idsOf(members))
    }
    const type = event.type === 'message.sent' ? 'message.created' : 'message.changed'
    const asked =
      event.type === 'message.opened'
        ? await this.#whoHearsOfOpening(members, event.payload.user_id, row.sender_id)
        : members
    const shown = await Promise.all(asked.map((me) => this.#deps.show.one({ record, me }, row)))
    for (const [at, { user_id }] of asked.entries()) {
      const message: Message | undefined = shown[at]
      if (message) scene.said.push({ user_ids: [user_id], message: { type, data: { message } } })
    }
    if (event.type === 'message.sent' || event.type === 'message.unsent')
      this.#count(
        scene,
        idsOf(members.filter(({ user_id, status }) => user_id !== row.sender_id && status === 'accepted')),
      )
  }

  /** Whoever has seen what can be seen once, and its sender, unless they restrict them. */
  async #whoHearsOfOpening(members: readonly MemberRow[], by: UserId, senderId: UserId | null) {
    const isKept = senderId !== null && (await this.#deps.graph.restricts(by, senderId))
    return members.filter(({ user_id }) => user_id === by || (user_id === senderId && !isKept))
  }

  /** One's own other devices; others where neither keeps it to themselves. */
  async #read(
    { payload }: Event<'conversation.read'>,
    record: ConversationRecord,
    scene: Scene,
  ): Promise<void> {
    const { user_id } = payload
    const others = await this.receiptsOf(record, user_id)
    this.#say(scene, [user_id, ...others], { type: 'conversation.read', data: payload })
    this.#count(scene, [user_id])
  }

  /** The other members who may know what a member has read. */
  async receiptsOf(record: ConversationRecord, userId: UserId): Promise<UserId[]> {
    if (memberOf(record, userId)?.status !== 'accepted') return []
    const settings = await this.#deps.reader.settings(idsOf(record.members))
    const isOpen = (id: UserId) => settings.get(id)?.read_receipts ?? false
    if (!isOpen(userId)) return []
    const others = idsOf(listeners(record)).filter((id) => id !== userId && isOpen(id))
    const restricts = await Promise.all(others.map((id) => this.#deps.graph.restricts(userId, id)))
    return others.filter((_, at) => !restricts[at])
  }

  async delivered(record: ConversationRecord, data: Event<'conversation.read'>['payload']): Promise<void> {
    const told = await this.receiptsOf(record, data.user_id)
    if (told.length > 0)
      await tellMembers(this.#deps.broadcast, told, { type: 'conversation.delivered', data }).catch(() => {})
  }

  /** What two have with each other looks otherwise to both. */
  async blocked(one: UserId, other: UserId): Promise<void> {
    const { db, broadcast } = this.#deps
    const conversation_id = await directOf(db.query, one, other)
    const changed = conversation_id && ({ type: 'conversation.changed', data: { conversation_id } } as const)
    if (changed) await tellMembers(broadcast, [one, other], changed).catch(() => {})
    await tellBadge(broadcast, 'messages.unread', [one, other]).catch(() => {})
  }

  #say(scene: Scene, user_ids: readonly UserId[], message: RealtimeMessage): void {
    if (user_ids.length > 0) scene.said.push({ user_ids, message })
  }

  #count(scene: Scene, ids: readonly UserId[]): void {
    for (const id of ids) scene.counted.add(id)
  }
}

const keyOf = ({ conversation_id, message_id }: MessageRef): string => `${conversation_id} ${message_id}`
