import {
  type ConversationId,
  limits,
  type MessageId,
  type MessageSettings,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Graph } from '../graph/api.ts'
import * as store from './conversation-store.ts'
import { lockPins, setSettings } from './inbox-store.ts'
import type { ConversationsReader } from './reader.ts'
import { saveSettings } from './settings-store.ts'

export interface StatusDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  messageStore: Pick<MessageStore, 'newest'>
  reader: Pick<ConversationsReader, 'mine' | 'settings'>
  graph: Pick<Graph, 'heldBack' | 'holdsBack' | 'limitersAmong'>
}

/** Conversations that are read at once. */
const CHUNK = 200

/** What a member settles for themself: nobody else is told, but for how far they have read. */
export class Statuses {
  readonly #deps: StatusDeps

  constructor(deps: StatusDeps) {
    this.#deps = deps
  }

  accept = (viewerId: UserId, id: ConversationId): Promise<void> => this.#setStatus(viewerId, id, 'accepted')

  decline = (viewerId: UserId, id: ConversationId): Promise<void> => this.#setStatus(viewerId, id, 'declined')

  async #setStatus(viewerId: UserId, id: ConversationId, status: 'accepted' | 'declined'): Promise<void> {
    const { me } = await this.#deps.reader.mine(viewerId, id)
    // What is accepted is left or muted, not declined.
    if (me.status === status || (status === 'declined' && me.status === 'accepted')) return
    const change = async (tx: Tx) => {
      await store.setStatus(tx, id, viewerId, status)
    }
    await this.#settle(viewerId, id, change, status === 'declined')
  }

  /** What two have with each other, after one of them holds the other back or does no more. */
  async followHolding(userId: UserId, otherId: UserId): Promise<void> {
    const { db, graph } = this.#deps
    const conversation_id = await store.directOf(db.query, userId, otherId)
    if (conversation_id) await this.#setAside(conversation_id, userId, await graph.holdsBack(userId, otherId))
  }

  /** The same of all with whom a member has a conversation, after they limited accounts or do no more. */
  async followLimit(userId: UserId, signal?: AbortSignal): Promise<void> {
    const { db, graph } = this.#deps
    for (let after: ConversationId | undefined; ; ) {
      signal?.throwIfAborted()
      const some = await store.directsAfter(db.query, userId, after, CHUNK)
      const held = await graph.heldBack(some.map(({ other_id }) => ({ from: userId, to: other_id })))
      const aside = new Set(held.map(({ to }) => to))
      for (const { conversation_id, other_id, set_aside } of some)
        if (aside.has(other_id) !== set_aside)
          await this.#setAside(conversation_id, userId, aside.has(other_id))
      after = some.at(-1)?.conversation_id
      if (some.length < CHUNK) return
    }
  }

  /** Who follows whom decides whom a limit holds back. */
  async followTies(pairs: readonly { follower_id: UserId; followee_id: UserId }[]): Promise<void> {
    const ids = new Set(pairs.flatMap(({ follower_id, followee_id }) => [follower_id, followee_id]))
    const limiters = await this.#deps.graph.limitersAmong([...ids])
    for (const { follower_id, followee_id } of pairs) {
      if (limiters.has(followee_id)) await this.followHolding(followee_id, follower_id)
      if (limiters.has(follower_id)) await this.followHolding(follower_id, followee_id)
    }
  }

  async #setAside(conversation_id: ConversationId, userId: UserId, gone: boolean): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (!(await store.setAside(tx, conversation_id, userId, gone))) return
      const payload = { conversation_id, user_id: userId, gone }
      await outbox.append(tx, [{ type: 'conversation.settings_changed', payload }])
    })
  }

  async set(
    viewerId: UserId,
    id: ConversationId,
    settings: { muted?: boolean; pinned?: boolean },
  ): Promise<void> {
    await this.#settle(viewerId, id, async (tx) => {
      const pinned = settings.pinned ? await lockPins(tx, viewerId) : 0
      if (!(await setSettings(tx, viewerId, id, settings))) throw new TintypeError('not_found')
      if (settings.pinned && pinned >= limits.pinnedConversations && (await lockPins(tx, viewerId)) > pinned)
        throw new TintypeError('too_many_pinned')
    })
  }

  /** For oneself: what there is by now. */
  async clear(viewerId: UserId, id: ConversationId): Promise<void> {
    const { messageStore } = this.#deps
    const newest = (await messageStore.newest([id], 1)).get(id)?.[0]
    const clear = (tx: Tx) => store.clearFor(tx, id, viewerId, newest?.message_id ?? null)
    await this.#settle(viewerId, id, clear, true)
  }

  /** Up to a message of the conversation. The mark never goes back. */
  async markRead(viewerId: UserId, id: ConversationId, upTo: MessageId): Promise<void> {
    await this.#move(viewerId, id, upTo, true)
  }

  async markDelivered(viewerId: UserId, id: ConversationId, upTo: MessageId): Promise<boolean> {
    return this.#move(viewerId, id, upTo, false)
  }

  async #move(viewerId: UserId, id: ConversationId, upTo: MessageId, isRead: boolean): Promise<boolean> {
    const { db, outbox, reader, messageStore } = this.#deps
    await reader.mine(viewerId, id)
    // A mark ahead of all that was said would hide what comes.
    const newest = (await messageStore.newest([id], 1)).get(id)?.[0]?.message_id
    if (newest === undefined) return false
    const up_to = upTo < newest ? upTo : newest
    return db.tx(async (tx) => {
      const marks = { read: isRead ? up_to : null, delivered: up_to }
      if (!(await store.moveMarks(tx, id, viewerId, marks))) return false
      const payload = { conversation_id: id, user_id: viewerId, up_to }
      if (isRead) await outbox.append(tx, [{ type: 'conversation.read', payload }])
      return true
    })
  }

  async #settle(
    viewerId: UserId,
    id: ConversationId,
    change: (tx: Tx) => Promise<void>,
    gone = false,
  ): Promise<void> {
    const { db, outbox, reader } = this.#deps
    await reader.mine(viewerId, id)
    await db.tx(async (tx) => {
      await change(tx)
      const payload = { conversation_id: id, user_id: viewerId, gone }
      await outbox.append(tx, [{ type: 'conversation.settings_changed', payload }])
    })
  }

  async settings(viewerId: UserId): Promise<MessageSettings> {
    const settings = (await this.#deps.reader.settings([viewerId])).get(viewerId)
    if (!settings) throw new TintypeError('internal')
    return settings
  }

  async changeSettings(viewerId: UserId, settings: MessageSettings): Promise<MessageSettings> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await saveSettings(tx, viewerId, settings)
      await outbox.append(tx, [{ type: 'messages.settings_changed', payload: { user_id: viewerId } }])
    })
    return settings
  }
}
