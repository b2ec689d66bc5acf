import { queryOptions } from '@tanstack/react-query'
import type { ConversationId, Message, MessageId } from '@tintype/contract'
import { api } from '../client.ts'
import { entities } from '../entities/entities.ts'
import { queryClient } from '../query-client.ts'
import { heardLast, noteHeard, refreshConversation } from './conversations.ts'
import { entityOf, ingestMessages } from './ingest-direct.ts'

/**
 * The messages of a conversation that have been read, without a gap between any two of them, oldest first. Ids are made by the
 * server's clock and are their order, whenever and however each of them came.
 */
export interface Thread {
  ids: MessageId[]
  hasOlder: boolean
  /** It is a place in the past, from which one goes on to newer ones; what is new is not added to it. */
  hasNewer: boolean
  /** Set while something may be missing after this one. */
  gapAfter: MessageId | null
}

const PAGE = 40
/** What was missed may be so many pages; of more the newest are read, and the rest when one goes back to it. */
const MOST_MISSED = 6

/** What was said to the member while a thread was being read: it may not be in the answer. */
const meanwhile = new Map<ConversationId, MessageId[]>()

const keyOf = (id: ConversationId) => ['thread', id] as const
export const threadOf = (id: ConversationId): Thread | undefined => queryClient.getQueryData(keyOf(id))
const change = (id: ConversationId, by: (thread: Thread) => Thread) =>
  queryClient.setQueryData(keyOf(id), (known: Thread | undefined) => known && by(known))

/** Reading it again reads what is new, and anew what has changed of the newest. */
export const threadQuery = (id: ConversationId) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => whileHearing(id, () => readThread(id, signal)),
    staleTime: 0,
  })

async function whileHearing(id: ConversationId, read: () => Promise<Thread>): Promise<Thread> {
  const heard: MessageId[] = []
  meanwhile.set(id, heard)
  try {
    const thread = await read()
    const last = thread.ids.at(-1) ?? ''
    return thread.hasNewer
      ? thread
      : { ...thread, ids: inOrder([...thread.ids, ...heard.filter((one) => one > last)]) }
  } finally {
    if (meanwhile.get(id) === heard) meanwhile.delete(id)
  }
}

const inOrder = (ids: readonly MessageId[]): MessageId[] => [...new Set(ids)].sort()

async function readThread(id: ConversationId, signal: AbortSignal): Promise<Thread> {
  const known = threadOf(id)
  if (known?.hasNewer) return known
  const from = known && (known.gapAfter ?? known.ids.at(-1))
  const page = await pageOf(id, {}, signal)
  if (!known || from === undefined) return { ...page, hasNewer: false, gapAfter: null }
  let { ids, hasOlder } = page
  for (let read = 1; hasOlder && (ids[0] ?? '') > from; read++) {
    if (read === MOST_MISSED) return { ids, hasOlder, hasNewer: false, gapAfter: null }
    const older = await pageOf(id, { before: ids[0] }, signal)
    ids = [...older.ids, ...ids]
    hasOlder = older.hasOlder
  }
  // What is not in the answer any more is gone.
  const before = known.ids.filter((one) => one < (ids[0] ?? from))
  return {
    ids: [...before, ...ids],
    hasOlder: before.length > 0 ? known.hasOlder : hasOlder,
    hasNewer: false,
    gapAfter: null,
  }
}

/** Oldest first; `hasOlder` says whether there are more in the direction asked. */
async function pageOf(
  conversation_id: ConversationId,
  from: { before?: MessageId | undefined; after?: MessageId | undefined },
  signal?: AbortSignal,
) {
  const query = { limit: PAGE, ...from }
  const { items, next_cursor } = await api.messages.list({
    params: { conversation_id },
    query,
    ...(signal && { signal }),
  })
  return { ids: inOrder(ingestMessages(items)), hasOlder: next_cursor !== null }
}

/** The page before the oldest. */
export async function readOlder(id: ConversationId): Promise<void> {
  const first = threadOf(id)?.ids[0]
  if (first === undefined) return
  const { ids, hasOlder } = await pageOf(id, { before: first })
  change(id, (now) => (now.ids[0] === first ? { ...now, ids: [...ids, ...now.ids], hasOlder } : now))
}

/** From a place in the past: the page after the newest of it. */
export async function readNewer(id: ConversationId): Promise<void> {
  const last = threadOf(id)?.ids.at(-1)
  if (last === undefined) return
  await whileHearing(id, async () => {
    const { ids, hasOlder: hasNewer } = await pageOf(id, { after: last })
    const now = threadOf(id)
    const thread = {
      ids: [...(now?.ids ?? []), ...ids],
      hasOlder: now?.hasOlder ?? false,
      hasNewer,
      gapAfter: null,
    }
    return now?.ids.at(-1) === last ? thread : (now ?? thread)
  }).then((thread) => change(id, () => thread))
}

/** Goes to a message, wherever in the conversation it is. */
export async function readAround(id: ConversationId, message_id: MessageId): Promise<void> {
  if (threadOf(id)?.ids.includes(message_id)) return
  const thread = await whileHearing(id, async () => {
    const [message, before, after] = await Promise.all([
      api.messages.get({ params: { conversation_id: id, message_id } }),
      pageOf(id, { before: message_id }),
      pageOf(id, { after: message_id }),
    ])
    const ids = [...before.ids, ...ingestMessages([message]), ...after.ids]
    return { ids, hasOlder: before.hasOlder, hasNewer: after.hasOlder, gapAfter: null }
  })
  change(id, () => thread)
}

/** Back from a place in the past. */
export async function readNewest(id: ConversationId): Promise<void> {
  if (!threadOf(id)?.hasNewer) return
  const thread = await whileHearing(id, async () => ({
    ...(await pageOf(id, {})),
    hasNewer: false,
    gapAfter: null,
  }))
  change(id, () => thread)
}

/** While nobody listened something may have been said: when a thread is read again, then from where it was whole. */
export function suspectGaps(): void {
  queryClient.setQueriesData<Thread>(
    { queryKey: ['thread'] },
    (thread) => thread && { ...thread, gapAfter: thread.gapAfter ?? thread.ids.at(-1) ?? null },
  )
}

/** A message came, by the socket or as the answer to one's own; twice is once. */
export function receiveMessage(message: Message): void {
  const id = message.conversation_id
  const isKnown = entities.get('messages', message.message_id) !== undefined
  ingestMessages([message])
  meanwhile.get(id)?.push(message.message_id)
  noteHeard(id)
  change(id, (thread) =>
    thread.hasNewer ? thread : { ...thread, ids: inOrder([...thread.ids, message.message_id]) },
  )
  if (entities.get('conversations', id)) heardLast(entityOf(message), !isKnown && countsAsUnread(message))
  else void refreshConversation(id).catch(() => undefined)
}

const countsAsUnread = ({ is_own, kind, unsent }: Message): boolean => !is_own && kind !== 'system' && !unsent

/** It is as given from now on. */
export function changeMessage(message: Message): void {
  const id = message.conversation_id
  ingestMessages([message])
  const last = entities.truth('conversations', id)?.last_message
  if (last?.message_id === message.message_id && !message.unsent)
    entities.patch('conversations', id, { last_message: entityOf(message) })
  // The list shows the one before, and it does not count as unread any more.
  if (message.unsent) void refreshConversation(id).catch(() => undefined)
}

/** Its time was over. */
export function dropMessage(id: ConversationId, message_id: MessageId): void {
  entities.remove('messages', message_id)
  change(id, (thread) => ({ ...thread, ids: thread.ids.filter((one) => one !== message_id) }))
  void refreshConversation(id).catch(() => undefined)
}
