import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import type { Changing } from './changing.ts'
import * as store from './conversation-store.ts'
import type { MessageMedia, OfKind } from './deps.ts'
import { type Content, filesOf, lineOf, type Marks, type MessageRow, rowOf } from './envelope.ts'
import type { Groups } from './groups.ts'
import * as inbox from './inbox-store.ts'
import { endOf, isOver, isSpent, openFor } from './policy.ts'
import { type ConversationsReader, idsOf, listeners } from './reader.ts'
import type { SearchWords } from './search-words.ts'
import type { Sending } from './sending.ts'
import * as settings from './settings-store.ts'

const CHUNK = 500

export interface UpkeepDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  messageStore: MessageStore
  reader: Pick<ConversationsReader, 'row' | 'records'>
  changing: Pick<Changing, 'change' | 'spend'>
  groups: Pick<Groups, 'takeOut'>
  sending: Pick<Sending, 'line'>
  media: Pick<MessageMedia<OfKind>, 'release'>
  words: Pick<SearchWords, 'drop' | 'forget'>
}

type WithLine = Event<'conversation.created' | 'conversation.changed' | 'conversation.members_changed'>

/** What facts and schedules ask of conversations. Each may be run again at any point. */
export class ConversationsUpkeep {
  readonly #deps: UpkeepDeps

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** What a change of a group is told by, in the conversation itself; named by the fact, so that there is one of it. */
  async line({ id, at, payload }: WithLine): Promise<void> {
    const { conversation_id, line } = payload
    const record = line && (await this.#deps.reader.records([conversation_id])).get(conversation_id)
    if (!line || !record) return
    const name = line.event === 'created' || line.event === 'renamed' ? record.name : null
    const written = lineOf({ conversation_id, name: `fact_${id}`, at }, { ...line, name })
    await this.#deps.sending.line(written, idsOf(listeners(record)))
  }

  /** A picture of a message could not be used. */
  async failed(conversation_id: ConversationId, message_id: MessageId): Promise<void> {
    const row = await this.#deps.reader.row(conversation_id, message_id)
    if (!row) return
    await this.#deps.changing.change(row, ({ content, marks }) => ({
      marks: { ...marks, failed: filesOf(content) },
    }))
  }

  async settled(conversation_id: ConversationId, message_id: MessageId): Promise<void> {
    const { db, outbox } = this.#deps
    const payload = { conversation_id, message_id }
    await db.tx((tx) => outbox.append(tx, [{ type: 'message.settled', payload }]))
  }

  /** Deletes what nobody sees any more: readers have gone by the clock, so this only makes room. */
  async expire(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    for (let some = CHUNK; some === CHUNK && !signal.aborted; ) {
      const due = await settings.passingBy(db.query, new Date(clock.now()), CHUNK)
      for (const passing of due) await this.#expireOne(passing)
      some = due.length
    }
  }

  async #expireOne(passing: settings.Passing): Promise<void> {
    const { db, clock, outbox, reader } = this.#deps
    const { conversation_id, message_id } = passing
    const row = await reader.row(conversation_id, message_id)
    if (row && !isOver(row, clock.now())) return this.#spend(row)
    await this.#remove(conversation_id, [message_id])
    await db.tx(async (tx) => {
      await settings.dropPassing(tx, passing)
      if (row) await outbox.append(tx, [{ type: 'message.expired', payload: passing }])
    })
  }

  /** Once all for whom it was have seen it, its content goes; until then it is looked at again. */
  async #spend(row: MessageRow): Promise<void> {
    const { db, clock, reader, changing, media } = this.#deps
    const { conversation_id, message_id, sender_id, marks } = row
    const record = (await reader.records([conversation_id])).get(conversation_id)
    const recipients = idsOf(record ? listeners(record) : []).filter((id) => id !== sender_id)
    const now = clock.now()
    const end = endOf(message_id, marks) ?? now
    if (!isSpent(marks, recipients, now))
      return settings.putOffPassing(db.query, row, new Date(nextLook(marks, now, end)))
    await changing.spend(row)
    await db.tx((tx) => media.release(tx, filesOf(row.content)))
    await settings.putOffPassing(db.query, row, new Date(end))
  }

  async eraseMember(userId: UserId, signal: AbortSignal): Promise<void> {
    const { db } = this.#deps
    await inChunks<ConversationId>(
      (after) => inbox.everIn(db.query, userId, after, CHUNK),
      async (ids) => {
        for (const id of ids) await this.#eraseFrom(id, userId, signal)
      },
      signal,
    )
    await db.tx(async (tx) => {
      await store.dropDirects(tx, userId)
      await settings.dropSettings(tx, userId)
    })
  }

  /** What they said there, what they did to what others said, and they themselves. */
  async #eraseFrom(id: ConversationId, userId: UserId, signal: AbortSignal): Promise<void> {
    const { db, groups, changing } = this.#deps
    await this.#walk(id, signal, async (rows) => {
      await this.#remove(id, idsIn(rows.filter((row) => row.sender_id === userId)))
      for (const row of rows)
        if (row.sender_id !== userId && JSON.stringify(row).includes(userId))
          await changing.change(row, (current) => without(current, userId))
    })
    await groups.takeOut(userId, id)
    await inbox.dropFromInbox(db.query, userId, id)
    await this.#deleteEmpty(id, signal)
  }

  /** Goes with its last member. */
  async #deleteEmpty(id: ConversationId, signal: AbortSignal): Promise<void> {
    const { db, media, words } = this.#deps
    const [record] = await store.readConversations(db.query, [id])
    if (!record || record.members.length > 0) return
    await this.#walk(id, signal, (rows) => this.#remove(id, idsIn(rows)))
    await words.forget(id)
    await db.tx(async (tx) => {
      if (record.picture_id) await media.release(tx, [record.picture_id])
      await store.deleteConversation(tx, id)
    })
  }

  /** Their words first, as whoever comes again finds them by the messages; once more for those that were written meanwhile. */
  async #remove(id: ConversationId, ids: readonly MessageId[]): Promise<void> {
    const { messageStore, words } = this.#deps
    await words.drop(id, ids)
    await messageStore.remove(id, ids)
    await words.drop(id, ids)
  }

  async #walk(id: ConversationId, signal: AbortSignal, work: (rows: MessageRow[]) => Promise<void>) {
    for (let before: MessageId | undefined; ; ) {
      signal.throwIfAborted()
      const page = before === undefined ? { limit: CHUNK } : { before, limit: CHUNK }
      const rows = (await this.#deps.messageStore.page(id, page)).map(rowOf)
      await work(rows)
      before = rows.at(-1)?.message_id
      if (before === undefined) return
    }
  }

  /** What lists are ordered by, anew from what is in the store. */
  async rebuildInboxes(signal: AbortSignal): Promise<number> {
    const { db, messageStore } = this.#deps
    return inChunks<ConversationId>(
      (after) => inbox.conversationsAfter(db.query, after, CHUNK),
      async (ids) => {
        const [records, newest] = await Promise.all([
          store.readConversations(db.query, ids),
          messageStore.newest(ids, 1),
        ])
        const rows = records.flatMap(({ conversation_id, kind, members }) => {
          const last = newest.get(conversation_id)?.[0]?.message_id
          const began = kind === 'group' ? (conversation_id as string as MessageId) : null
          return members.map(({ user_id, visible_above, status }) => {
            const isShown = last !== undefined && (visible_above === null || last > visible_above)
            const isDeleted = visible_above !== null && last === visible_above
            const active_id = status === 'declined' || isDeleted ? null : isShown ? last : began
            return { user_id, conversation_id, active_id }
          })
        })
        await inbox.setActive(db.query, rows)
      },
      signal,
    )
  }
}

const idsIn = (rows: readonly MessageRow[]) => rows.map((row) => row.message_id)

/** When the next of those who have opened it have it shut, or it ends. */
function nextLook({ opened = {} }: Marks, now: number, end: number): number {
  const shutting = Object.values<number>(opened).map((at) => at + openFor)
  return Math.min(end, ...shutting.filter((at) => at > now))
}

function without({ content, marks }: MessageRow, userId: UserId): { content: Content; marks: Marks } {
  const { [userId]: _reaction, ...reactions } = marks.reactions ?? {}
  const { [userId]: _opened, ...opened } = marks.opened ?? {}
  const { system } = content
  return {
    content: {
      ...content,
      attachments: content.attachments.filter((one) => one.type !== 'share' || one.id !== userId),
      system: system && {
        ...system,
        actor_id: system.actor_id === userId ? null : system.actor_id,
        user_ids: system.user_ids.filter((id) => id !== userId),
      },
    },
    marks: { ...marks, ...(marks.reactions ? { reactions } : {}), ...(marks.opened ? { opened } : {}) },
  }
}
