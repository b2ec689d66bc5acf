import type { ConversationId, MessageId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { MessageRef, MessageStore } from '../../engines/message-store/port.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import { isUnspaced, wordsOf } from '../../text/words.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { conversationsAfter } from './inbox-store.ts'
import * as store from './word-store.ts'

export interface SearchWordsDeps {
  db: Db
  messageStore: Pick<MessageStore, 'page' | 'read'>
}

/** Letters of a word that are kept, and places in a text without spaces from which it is found. */
const LONGEST = 40
const MOST = 500
const CHUNK = 200
/** Words of a question that the index is asked for; of what it finds, all of them are looked for. */
const ASKED = 8

/** What a message is found by; what can be seen once is not. */
export function wordsIn({ content, marks }: MessageRow): string[] {
  if (marks.unsent || marks.life === 'view_once' || !content.body) return []
  const words = new Set<string>()
  let places = MOST
  for (const word of wordsOf(content.body)) {
    const letters = [...word]
    words.add(letters.slice(0, LONGEST).join(''))
    // Scripts without spaces are found from any of their letters on.
    for (let from = 1; isUnspaced(word) && from < letters.length && places > 0; from++, places--)
      words.add(letters.slice(from, from + LONGEST).join(''))
  }
  return [...words]
}

export const askedWords = (q: string): string[] =>
  [...new Set(wordsOf(q))].map((word) => [...word].slice(0, LONGEST).join(''))

/** Whether the message has words that begin so, all of them. */
export function hasWords(row: MessageRow, asked: readonly string[]): boolean {
  const words = wordsIn(row)
  return asked.every((one) => words.some((word) => word.startsWith(one)))
}

/**
 * The words of messages, made of the message store after the fact. What is found is read from the store before it is shown, so that a word that is
 * still here never shows what is gone. What was written of a message that changed meanwhile is written anew.
 */
export class SearchWords {
  readonly #deps: SearchWordsDeps

  constructor(deps: SearchWordsDeps) {
    this.#deps = deps
  }

  isIndexed(id: ConversationId): Promise<boolean> {
    return store.isIndexed(this.#deps.db.query, id)
  }

  async find(
    id: ConversationId,
    words: readonly string[],
    page: { before: MessageId | undefined; above: MessageId | null; limit: number },
  ): Promise<MessageRow[]> {
    const { db, messageStore } = this.#deps
    const rows: MessageRow[] = []
    // Long words are in few messages.
    const rarest = words.toSorted((a, b) => b.length - a.length).slice(0, ASKED)
    // Fewer than asked for are the end: words of what is gone do not count.
    for (let { before } = page; rows.length < page.limit; ) {
      const limit = page.limit - rows.length
      const found = await store.findWords(db.query, id, rarest, { ...page, before, limit })
      const there = await messageStore.read(found.map((message_id) => ({ conversation_id: id, message_id })))
      rows.push(...there.map(rowOf))
      if (found.length < limit) break
      before = found.at(-1)
    }
    return rows.sort((a, b) => (a.message_id < b.message_id ? 1 : -1))
  }

  /** As the messages are now; what is changed meanwhile is looked at once more. */
  async index(refs: readonly MessageRef[]): Promise<void> {
    const { db, messageStore } = this.#deps
    const written = new Map<MessageId, number>()
    for (let asked = refs; asked.length > 0; ) {
      const rows = new Map((await messageStore.read(asked)).map((row) => [row.message_id, rowOf(row)]))
      for (const { conversation_id, message_id } of asked)
        if (!rows.has(message_id)) await store.dropWords(db.query, conversation_id, [message_id])
      const changed = [...rows.values()].filter((row) => written.get(row.message_id) !== row.version)
      if (changed.length > 0) await db.tx((tx) => store.setWords(tx, changed.map(wordsOfMessage)))
      for (const row of changed) written.set(row.message_id, row.version)
      asked = changed
    }
  }

  /**
   * Of what was said just now. A conversation of which something cannot be indexed counts as not indexed at all: it is read through when it is
   * searched, until `complete` has done it.
   */
  async follow(refs: readonly MessageRef[]): Promise<void> {
    try {
      await this.index(refs)
    } catch {
      for (const [id, some] of Map.groupBy(refs, (ref) => ref.conversation_id))
        await this.index(some).catch(() => this.forget(id))
    }
  }

  /** Nothing was said in them yet. */
  begin(ids: readonly ConversationId[]): Promise<void> {
    return store.markIndexed(this.#deps.db.query, ids)
  }

  drop(id: ConversationId, ids: readonly MessageId[]): Promise<void> {
    return store.dropWords(this.#deps.db.query, id, ids)
  }

  forget(id: ConversationId): Promise<void> {
    return store.forgetIndexed(this.#deps.db.query, [id])
  }

  /** Indexes what was said before there was an index, or could not be indexed then; one that fails holds up no other. */
  async complete(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    await inChunks<ConversationId>(
      (after) => store.unindexed(this.#deps.db.query, after, CHUNK),
      async (ids) => {
        for (const id of ids) await this.#indexAll(id, signal).catch((error) => failures.push(error))
      },
      signal,
    )
    if (failures.length > 0) throw failures[0]
  }

  /** All conversations anew; those that are not done yet are read through. */
  rebuild(signal: AbortSignal): Promise<number> {
    const { db } = this.#deps
    return inChunks<ConversationId>(
      (after) => conversationsAfter(db.query, after, CHUNK),
      async (ids) => {
        for (const id of ids) {
          await store.forgetIndexed(db.query, [id])
          await this.#indexAll(id, signal, true)
        }
      },
      signal,
    )
  }

  async #indexAll(id: ConversationId, signal: AbortSignal, anew = false): Promise<void> {
    const { messageStore } = this.#deps
    for (let before: MessageId | undefined; ; ) {
      signal.throwIfAborted()
      const rows = await messageStore.page(id, { limit: CHUNK, ...(before && { before }) })
      if (anew)
        await this.drop(
          id,
          rows.map((row) => row.message_id),
        )
      await this.index(rows)
      before = rows.at(-1)?.message_id
      if (rows.length < CHUNK) break
    }
    await this.begin([id])
  }
}

const wordsOfMessage = (row: MessageRow): store.WordsOfMessage => ({
  conversation_id: row.conversation_id,
  message_id: row.message_id,
  version: row.version,
  words: wordsIn(row),
})
