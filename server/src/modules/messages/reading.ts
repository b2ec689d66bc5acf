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
import { askedWords, hasWords, type SearchWords } from './search-words.ts'
import type { MessageShow } from './show.ts'

export interface ReadingDeps {
  messageStore: Pick<MessageStore, 'page'>
  reader: Pick<ConversationsReader, 'mine' | 'message'>
  show: MessageShow
  words: Pick<SearchWords, 'isIndexed' | 'find'>
}

interface PageQuery {
  cursor?: string
  limit?: number
}

/** Rows of a search that are looked at for one page, and how many at once: whoever goes on has the rest looked at. */
const SCAN = 5000
const CHUNK = 500
/** Of what was just said, looked at beside the index, which hears of it a moment later. */
const NEWEST = 100

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

  /** Messages that have words that begin so, all of them, newest first. */
  async search(
    viewerId: UserId,
    id: ConversationId,
    query: PageQuery & { q?: string },
  ): Promise<Page<Message>> {
    const mine = await this.#deps.reader.mine(viewerId, id)
    const { q = '' } = query
    if (q.trim() === '') return { items: [], next_cursor: null }
    const words = askedWords(q)
    const source = { kind: 'messages.search', after: idCursor<MessageId>('messages.search', query.cursor) }
    const has = (row: MessageRow) => (words.length === 0 ? hasSigns(row, q) : hasWords(row, words))
    if (words.length > 0 && (await this.#deps.words.isIndexed(id)))
      return this.#page(mine, query, {
        ...source,
        has,
        read: (before, limit) => this.#found(mine, words, before, limit),
      })
    // Signs alone are no words, and what was said before there was an index may not be in it yet.
    return this.#page(mine, query, {
      ...source,
      has,
      read: (before, limit) => this.#down(mine, before, limit),
      chunk: CHUNK,
      scan: SCAN,
    })
  }

  /** What was just said is looked at, whether it is in the index by now or not. */
  async #found(
    mine: Mine,
    words: readonly string[],
    before: MessageId | undefined,
    limit: number,
  ): Promise<MessageRow[]> {
    const page = { before, above: mine.me.visible_above, limit }
    const [found, newest] = await Promise.all([
      this.#deps.words.find(mine.record.conversation_id, words, page),
      before === undefined ? this.#down(mine, undefined, NEWEST) : [],
    ])
    const known = new Set(found.map((row) => row.message_id))
    const fresh = newest.filter((row) => !known.has(row.message_id) && hasWords(row, words))
    return [...fresh, ...found].sort((a, b) => (a.message_id < b.message_id ? 1 : -1)).slice(0, limit)
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

function hasSigns({ content, marks }: MessageRow, q: string): boolean {
  const text = marks.life === 'view_once' ? '' : (content.body ?? '')
  return q
    .trim()
    .split(/\s+/u)
    .every((sign) => text.includes(sign))
}
