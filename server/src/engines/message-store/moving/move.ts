import type { ConversationId, MessageId } from '@tintype/contract'
import { LOWEST_ID } from '../../../kit/ids.ts'
import type { Sql } from '../../db/port.ts'
import type { MovableMessageStore, StoredMessage } from '../port.ts'
import {
  endMove,
  forgetMoved,
  noteMoved,
  readPlaces,
  type StoreName,
  sessionOf,
  setPlaces,
  whereLie,
  whileHeld,
} from './places.ts'

export interface Moved {
  conversations: number
  messages: number
}

export interface MoveOptions {
  /** A session of its own, whose statements may wait for locks. */
  session: Sql
  stores: Record<StoreName, MovableMessageStore>
  to: StoreName
  /** Resolves when every process has seen where messages are now said to lie, and ended what it began before. */
  noticed(): Promise<void>
  signal: AbortSignal
  onProgress?(soFar: Moved): void
}

/** Messages that are compared at a time. */
const CHUNK = 500

/**
 * Moves messages conversation by conversation, beside servers that write: it holds a conversation while it copies it and reads the copy again. It may be
 * killed and run again at any point: what is half copied is made like the original, which is what counts until it is noted as moved. What lies in
 * the other store is deleted when all has arrived.
 */
export async function moveMessages(options: MoveOptions): Promise<Moved> {
  const { session, to, noticed, signal } = options
  const from = to === 'cassandra' ? 'postgres' : 'cassandra'
  const moved: Moved = { conversations: 0, messages: 0 }
  const { lies_in, moving_to } = await readPlaces(session)
  if (moving_to !== null && moving_to !== to)
    throw new Error(`Messages are being moved to ${moving_to}: end that first.`)
  if (lies_in === from) {
    if (moving_to === null) {
      await forgetMoved(session)
      await setPlaces(session, { lies_in, moving_to: to })
    }
    await noticed()
    await moveAll(options, from, moved)
  }
  await noticed()
  for await (const id of options.stores[from].conversations()) await clear(options.stores[from], id, signal)
  await forgetMoved(session)
  return moved
}

async function moveAll(options: MoveOptions, from: StoreName, moved: Moved): Promise<void> {
  const { session, to, signal } = options
  const pass = async () => {
    const before = moved.conversations
    for await (const ids of chunked(options.stores[from].conversations())) {
      signal.throwIfAborted()
      const there = new Set((await whereLie(session, ids)).moved)
      for (const id of ids) if (!there.has(id)) await moveConversation(options, from, id, moved)
    }
    return moved.conversations - before
  }
  while ((await pass()) > 0) signal.throwIfAborted()
  // Those that began meanwhile, while nobody can begin one.
  await whileHeld(session, undefined, async () => {
    const holder = await sessionOf(session)
    await pass()
    if (!(await endMove(session, to, holder))) throw lost()
  })
}

async function clear(store: MovableMessageStore, id: ConversationId, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const page = await store.page(id, { limit: CHUNK })
    if (page.length === 0) return
    await store.remove(
      id,
      page.map((one) => one.message_id),
    )
  }
}

async function* chunked<T>(all: AsyncIterable<T>): AsyncGenerator<T[]> {
  let some: T[] = []
  for await (const one of all) {
    some.push(one)
    if (some.length < CHUNK) continue
    yield some
    some = []
  }
  yield some
}

async function moveConversation(
  { session, stores, to, onProgress }: MoveOptions,
  from: StoreName,
  id: ConversationId,
  moved: Moved,
): Promise<void> {
  await whileHeld(session, id, async () => {
    const holder = await sessionOf(session)
    const messages = await makeLike(stores[from], stores[to], id)
    if (!(await noteMoved(session, id, holder))) throw lost()
    moved.conversations++
    moved.messages += messages
    onProgress?.(moved)
  })
}

/** Makes a conversation in one store what it is in another; answers how many messages it has. Rejects where it does not become so. */
async function makeLike(
  from: MovableMessageStore,
  to: MovableMessageStore,
  id: ConversationId,
): Promise<number> {
  const reached = await from.reached(id)
  for await (const [wanted, there] of compared(from, to, id)) {
    const surplus = there.filter((one) => !wanted.has(one.message_id))
    await to.remove(
      id,
      surplus.map((one) => one.message_id),
    )
  }
  for await (const [wanted, there] of compared(from, to, id)) {
    const same = new Set(
      there.filter((one) => isSame(one, wanted.get(one.message_id))).map((one) => one.message_id),
    )
    const missing = [...wanted.values()].filter((one) => !same.has(one.message_id))
    if (missing.length > 0) await to.put(id, missing, null)
  }
  await to.put(id, [], reached)
  let count = 0
  for await (const [wanted, there] of compared(from, to, id)) {
    const isWhole =
      there.length === wanted.size && there.every((one) => isSame(one, wanted.get(one.message_id)))
    if (!isWhole) throw new Error(`Conversation ${id} did not arrive as it is.`)
    count += there.length
  }
  return count
}

/** What two stores have of a conversation, oldest first, from one message of the first to another. */
async function* compared(
  from: MovableMessageStore,
  to: MovableMessageStore,
  id: ConversationId,
): AsyncGenerator<[Map<MessageId, StoredMessage>, StoredMessage[]]> {
  for (let after = LOWEST_ID as MessageId; ; ) {
    const wanted = await from.page(id, { after, limit: CHUNK })
    const end = wanted.length < CHUNK ? undefined : wanted.at(-1)?.message_id
    const there: StoredMessage[] = []
    for (let last = after; ; ) {
      const page = await to.page(id, { after: last, limit: CHUNK })
      there.push(...page.filter((one) => end === undefined || one.message_id <= end))
      last = page.at(-1)?.message_id ?? last
      if (page.length < CHUNK || (end !== undefined && last > end)) break
    }
    yield [new Map(wanted.map((one) => [one.message_id, one])), there]
    if (end === undefined) return
    after = end
  }
}

const isSame = (one: StoredMessage, other: StoredMessage | undefined): boolean =>
  other !== undefined && canonical(one) === canonical(other)

/** PostgreSQL keeps no order of members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const lost = () => new Error('The connection to the database was lost; run it again.')
