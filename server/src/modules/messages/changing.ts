import {
  type ConversationId,
  type Message,
  type MessageId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { type Content, contentOf, emptied, json, type Marks, type MessageRow } from './envelope.ts'
import { hasLink, mayLink } from './links/link-of.ts'
import { endOf, forgetting, isEditable, isOver, isShut, openFor } from './policy.ts'
import type { ConversationsReader, Mine } from './reader.ts'
import { setPassing } from './settings-store.ts'
import type { MessageShow } from './show.ts'

export interface ChangingDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  messageStore: Pick<MessageStore, 'read' | 'edit'>
  reader: Pick<ConversationsReader, 'message' | 'maySend' | 'row'>
  show: MessageShow
}

interface Changes {
  content?: Content
  marks?: Marks
}
type Fact = NewEvent

/** How often a change is tried that another one came before. */
const TRIES = 20

/** What becomes of messages. Changes are made, then told of: one that dies in between is made again, and told of then. */
export class Changing {
  readonly #deps: ChangingDeps

  constructor(deps: ChangingDeps) {
    this.#deps = deps
  }

  async edit(viewerId: UserId, id: ConversationId, messageId: MessageId, text: string): Promise<Message> {
    const { mine, row } = await this.#own(viewerId, id, messageId)
    if (row.marks.unsent) throw new TintypeError('not_found')
    if (!(await this.#deps.reader.maySend(mine))) throw new TintypeError('cannot_message')
    const changed = await this.change(row, (current) => {
      const { content, marks } = current
      if (marks.unsent) throw new TintypeError('not_found')
      if (content.body === null || marks.life === 'view_once') throw new TintypeError('not_editable')
      const now = this.#deps.clock.now()
      if (!isEditable(messageId, now)) throw new TintypeError('edit_too_late')
      const { link, ...rest } = content
      const stays = link && hasLink(text, link.url) ? { link } : {}
      return { content: { ...rest, ...stays, body: text }, marks: { ...marks, edited_at: now } }
    })
    const payload = { ...refOf(row), sender_id: viewerId, ...(mayLink(text) && { link: true as const }) }
    await this.#tell({ type: 'message.edited', payload })
    return this.#shown(mine, changed)
  }

  /** Its content is gone for everybody; its place stays. */
  async unsend(viewerId: UserId, id: ConversationId, messageId: MessageId): Promise<Message> {
    const { mine, row } = await this.#own(viewerId, id, messageId)
    return this.#shown(mine, await this.takeBack(row))
  }

  /** Twice is once, but it is told of each time, should the first have died before. */
  async takeBack(row: MessageRow): Promise<MessageRow> {
    const changed = await this.change(row, ({ content, marks }) =>
      marks.unsent
        ? undefined
        : { content: emptied(content), marks: { ...(marks.life ? { life: marks.life } : {}), unsent: true } },
    )
    await this.#tell({
      type: 'message.unsent',
      payload: { ...refOf(row), sender_id: row.sender_id as UserId },
    })
    return changed
  }

  /** `emoji` null: taken back. Whoever has not accepted yet, or may not write here, does not react either. */
  async react(
    viewerId: UserId,
    id: ConversationId,
    messageId: MessageId,
    emoji: string | null,
  ): Promise<Message> {
    const { row, ...mine } = await this.#deps.reader.message(viewerId, id, messageId)
    if (row.marks.unsent || row.sender_id === null) throw new TintypeError('not_found')
    if (emoji !== null && (mine.me.status !== 'accepted' || !(await this.#deps.reader.maySend(mine))))
      throw new TintypeError('cannot_message')
    let isNew = false
    const changed = await this.change(row, ({ marks }) => {
      if (marks.unsent) throw new TintypeError('not_found')
      const { [viewerId]: before, ...others } = marks.reactions ?? {}
      isNew = (before ?? null) !== emoji
      if (!isNew) return undefined
      return { marks: { ...marks, reactions: emoji === null ? others : { ...others, [viewerId]: emoji } } }
    })
    const payload = { ...refOf(row), user_id: viewerId, author_id: row.sender_id, emoji }
    if (isNew) await this.#tell({ type: 'message.reacted', payload })
    return this.#shown(mine, changed)
  }

  /** Opens what can be seen once. Within a minute it answers the same again. */
  async open(viewerId: UserId, id: ConversationId, messageId: MessageId): Promise<Message> {
    const { row, ...mine } = await this.#deps.reader.message(viewerId, id, messageId)
    if (row.marks.life !== 'view_once' || row.sender_id === viewerId || row.marks.unsent)
      throw new TintypeError('not_found')
    const now = this.#deps.clock.now()
    if (row.marks.opened?.[viewerId] !== undefined) {
      if (isShut(row, viewerId, now)) throw new TintypeError('message_opened')
      return this.#shown(mine, row)
    }
    // Looked at again once it is shut, to delete what nobody can see any more.
    await setPassing(this.#deps.db.query, row, new Date(now + openFor))
    const changed = await this.change(row, ({ marks }) => {
      if (marks.unsent) throw new TintypeError('not_found')
      if (marks.opened?.[viewerId] !== undefined) return undefined
      return { marks: { ...marks, opened: { ...marks.opened, [viewerId]: now } } }
    })
    await this.#tell({ type: 'message.opened', payload: { ...refOf(row), user_id: viewerId } })
    return this.#shown(mine, changed)
  }

  /** Content that nobody can see any more is deleted; who had it once sees that they had it. */
  async spend(row: MessageRow): Promise<void> {
    await this.change(row, ({ content, marks }) => ({
      content: contentOf({ kind: content.kind, attachments: content.attachments.map(withoutText) }),
      marks,
    }))
  }

  /** Changes a message as it is by then; `change` answers undefined where nothing is to be done. */
  async change(row: MessageRow, change: (current: MessageRow) => Changes | undefined): Promise<MessageRow> {
    const { messageStore, reader, clock } = this.#deps
    let current: MessageRow | undefined = row
    for (let tries = 0; current && tries < TRIES; tries++) {
      const changes = change(current)
      if (!changes) return current
      const { content, marks } = changes
      const isDone = await messageStore.edit(current, current.version, {
        ...(content ? { content: json(content) } : {}),
        ...(marks ? { marks: json(marks) } : {}),
        ...forgetting(endOf(row.message_id, row.marks), clock.now()),
      })
      if (isDone) return { ...current, ...changes, version: current.version + 1 }
      current = await reader.row(row.conversation_id, row.message_id)
    }
    throw new TintypeError(current ? 'unavailable' : 'not_found')
  }

  async #own(viewerId: UserId, id: ConversationId, messageId: MessageId) {
    const { row, ...mine } = await this.#deps.reader.message(viewerId, id, messageId)
    if (row.sender_id !== viewerId) throw new TintypeError('not_found')
    return { mine, row }
  }

  #tell(fact: Fact): Promise<void> {
    return this.#deps.db.tx((tx) => this.#deps.outbox.append(tx, [fact]))
  }

  async #shown(mine: Mine, row: MessageRow): Promise<Message> {
    const shown = await this.#deps.show.one(mine, row)
    if (!shown || isOver(row, this.#deps.clock.now())) throw new TintypeError('not_found')
    return shown
  }
}

const refOf = ({ conversation_id, message_id }: MessageRow) => ({ conversation_id, message_id })

const withoutText = (one: Content['attachments'][number]) =>
  'alt_text' in one ? { ...one, alt_text: '' } : one
