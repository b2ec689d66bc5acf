import type { ConversationId } from '@tintype/contract'
import { turns } from '../../../kit/turns.ts'
import type { Db } from '../../db/port.ts'
import type { MessageStore, StoredMessage } from '../port.ts'
import { holdStill, type Places, readPlaces, type StoreName, storeOf, whereLie } from './places.ts'

/** How often a process looks whether messages are to be moved, and for how long it believes what it saw: both less than a move waits. */
const LOOK_MS = 2000
const BELIEVED_MS = 10_000
/** Writes of a process, while messages are moved, each of which holds one connection of the database and asks for another. */
const WRITES = 2

interface Options {
  db: Db
  stores: Record<StoreName, MessageStore>
  places: Places
  onError(error: unknown): void
}

/**
 * Messages where they lie. While they are moved each conversation lies in one of two stores: who writes holds it where it is, and who reads asks
 * where that was at one moment. Otherwise all go to one store, and a question now and then costs nothing.
 */
export class PlacedMessageStore implements MessageStore {
  readonly #options: Options
  readonly #timer: NodeJS.Timeout
  readonly #few = turns(WRITES)
  #places: Places
  #seenAt = performance.now()
  #looking: Promise<void> | undefined

  constructor(options: Options) {
    this.#options = options
    this.#places = options.places
    this.#timer = setInterval(() => void this.look().catch(options.onError), LOOK_MS)
    this.#timer.unref()
  }

  append(message: Parameters<MessageStore['append']>[0]) {
    return this.#write(message.conversation_id, (store) => store.append(message))
  }

  edit(...[ref, version, changes]: Parameters<MessageStore['edit']>) {
    return this.#write(ref.conversation_id, (store) => store.edit(ref, version, changes))
  }

  remove(...[id, ids]: Parameters<MessageStore['remove']>) {
    return this.#write(id, (store) => store.remove(id, ids))
  }

  find(...[id, senderId, name]: Parameters<MessageStore['find']>) {
    return this.#readOne(id, (store) => store.find(id, senderId, name))
  }

  page(...[id, page]: Parameters<MessageStore['page']>) {
    return this.#readOne(id, (store) => store.page(id, page))
  }

  async read(refs: Parameters<MessageStore['read']>[0]): Promise<StoredMessage[]> {
    const parts = await this.#divide(refs, (ref) => ref.conversation_id)
    return (await Promise.all(parts.map(([store, some]) => store.read(some)))).flat()
  }

  async newest(ids: readonly ConversationId[], limit: number) {
    const parts = await this.#divide(ids, (id) => id)
    const found = await Promise.all(parts.map(([store, some]) => store.newest(some, limit)))
    return new Map(found.flatMap((part) => [...part]))
  }

  async heads(asked: Parameters<MessageStore['heads']>[0], limit: number) {
    const parts = await this.#divide(asked, (one) => one.conversation_id)
    const found = new Map<unknown, Awaited<ReturnType<MessageStore['heads']>>[number]>()
    await Promise.all(
      parts.map(async ([store, some]) => {
        for (const [at, heads] of (await store.heads(some, limit)).entries()) found.set(some[at], heads)
      }),
    )
    return asked.map((one) => found.get(one) ?? [])
  }

  async ping(): Promise<void> {
    const { stores } = this.#options
    const { lies_in, moving_to } = this.#places
    await stores[lies_in].ping()
    if (moving_to) await stores[moving_to].ping()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    for (const store of Object.values(this.#options.stores)) await store[Symbol.asyncDispose]()
  }

  /** The one that all messages lie in; undefined while they are moved. Looks again where that was long ago. */
  async #only(): Promise<MessageStore | undefined> {
    if (performance.now() - this.#seenAt > BELIEVED_MS) await this.look()
    const { lies_in, moving_to } = this.#places
    return moving_to === null ? this.#options.stores[lies_in] : undefined
  }

  /** Where messages are said to lie by now. */
  look(): Promise<void> {
    this.#looking ??= this.#readPlaces().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #readPlaces(): Promise<void> {
    const asked = performance.now()
    this.#places = await readPlaces(this.#options.db.query)
    this.#seenAt = asked
  }

  async #write<T>(id: ConversationId, work: (store: MessageStore) => Promise<T>): Promise<T> {
    const { db, stores } = this.#options
    const only = await this.#only()
    if (only) return work(only)
    return this.#few(() =>
      db.tx(async (tx) => {
        await holdStill(tx, id)
        return work(stores[storeOf(id, await whereLie(tx, [id]))])
      }),
    )
  }

  async #readOne<T>(id: ConversationId, work: (store: MessageStore) => Promise<T>): Promise<T> {
    const [[store] = []] = await this.#divide([id], (one) => one)
    return work(store as MessageStore)
  }

  /** What is asked, by the store that has it. */
  async #divide<T>(asked: readonly T[], idOf: (one: T) => ConversationId): Promise<[MessageStore, T[]][]> {
    const only = await this.#only()
    if (only) return [[only, [...asked]]]
    const { db, stores } = this.#options
    const lying = await whereLie(db.query, [...new Set(asked.map(idOf))])
    const byStore = Map.groupBy(asked, (one) => storeOf(idOf(one), lying))
    return [...byStore].map(([name, some]) => [stores[name], some])
  }
}
