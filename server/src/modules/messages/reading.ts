import {
  type ConversationId,
  limits,
  type Message,
  type MessageId,
  type Page,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { MessageStore } from '../../engines/message-store/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import type { ConversationsReader, Mine } from './reader.ts'
import type { MessageShow } from './show.ts'

export interface ReadingDeps {
  messageStore: Pick<MessageStore, 'page'>
  reader: Pick<ConversationsReader, 'mine' | 'message'>
  show: MessageShow
}

interface PageQuery {
  cursor?: string
  limit?: number
}

/** Rows of a search that are looked at for one page, and how many at once: whoever goes on has the rest looked at. */
const SCAN = 5000
const CHUNK = 500

/** What was said in a conversation. */
export class Reading {
  readonly #deps: ReadingDeps

  constructor(deps: ReadingDeps) {
    this.#deps = deps
  }

  async get(viewerId: UserId, id: ConversationId, messageId: MessageId): Promise<Message> {
    const { row, ...mine } = await this.#deps.reader.message(viewerId, id, messageId)
    const shown = await this.#deps.show.one(mine, row)
    if (!shown) throw new TintypeError('not_found')
    return shown
  }

  /** Newest first, below `before`; or oldest first, above `after`. The cursor goes on in the same direction. */
  async list(
    viewerId: UserId,
    id: ConversationId,
    query: PageQuery & { before?: MessageId; after?: MessageId },
  ): Promise<Page<Message>> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    const { after, before, cursor } = query
    if (after === undefined)
      return this.#page(mine, query, {
        kind: 'messages',
        after: idCursor('messages', cursor) ?? before,
        read: (before, limit) => this.#down(mine, before, limit),
      })
    const kind = 'messages.after'
    const from = idCursor<MessageId>(kind, cursor) ?? after
    const { visible_above } = mine.me
    return this.#page(mine, query, {
      kind,
      after: visible_above !== null && visible_above > from ? visible_above : from,
      read: (after, limit) =>
        this.#deps.messageStore.page(id, { after: after ?? from, limit }).then((rows) => rows.map(rowOf)),
    })
  }

  /** Messages that have all the words, newest first. They are read through: an index could not read what is sealed. */
  async search(
    viewerId: UserId,
    id: ConversationId,
    query: PageQuery & { q?: string },
  ): Promise<Page<Message>> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    const words = folded(query.q ?? '')
      .split(' ')
      .filter(Boolean)
    if (words.length === 0) return { items: [], next_cursor: null }
    const has = ({ content, marks }: MessageRow) => {
      const text = marks.life === 'view_once' ? '' : folded(content.body ?? '')
      return text !== '' && words.every((word) => text.includes(word))
    }
    return this.#page(mine, query, {
      kind: 'messages.search',
      after: idCursor('messages.search', query.cursor),
      read: (before, limit) => this.#down(mine, before, limit),
      has,
      chunk: CHUNK,
      scan: SCAN,
    })
  }

  async #down({ record, me }: Mine, before: MessageId | undefined, limit: number): Promise<MessageRow[]> {
    const rows = await this.#deps.messageStore.page(record.conversation_id, {
      ...(before === undefined ? {} : { before }),
      limit,
    })
    const { visible_above } = me
    return rows.filter(({ message_id }) => visible_above === null || message_id > visible_above).map(rowOf)
  }

  #page(
    mine: Mine,
    { limit = limits.pageDefault }: PageQuery,
    source: {
      kind: string
      after: MessageId | undefined
      read(key: MessageId | undefined, limit: number): Promise<MessageRow[]>
      has?(row: MessageRow): boolean
      chunk?: number
      scan?: number
    },
  ): Promise<Page<Message>> {
    const { has = () => true, ...rest } = source
    return fillPage<MessageRow, Message, MessageId>({
      ...rest,
      limit,
      keyOf: (row) => row.message_id,
      present: async (rows) => {
        const shown = await this.#deps.show.show(mine, rows.filter(has))
        const byId = new Map(shown.map((one) => [one?.message_id, one]))
        return rows.map((row) => byId.get(row.message_id))
      },
    })
  }
}

/** As words are compared: without case, accents and the differences that only typing makes. */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim()
