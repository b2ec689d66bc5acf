import { queryOptions } from '@tanstack/react-query'
import {
  type Conversation,
  type ConversationId,
  type MessageId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { useMemo, useSyncExternalStore } from 'react'
import { api } from '../client.ts'
import { entities } from '../entities/entities.ts'
import type { ConversationEntity, MessageEntity } from '../entities/types.ts'
import { pagedList, usePaged } from '../paged-list.ts'
import { queryClient } from '../query-client.ts'
import { ingestConversations } from './ingest-direct.ts'

export type Folder = 'inbox' | 'requests' | 'filtered'

const PAGE = 20

/** The member's conversations; read anew whenever they are looked at, as nothing is heard of them elsewhere in the app. */
export const conversationList = (folder: Folder) =>
  pagedList<'conversations', Conversation>({
    kind: 'conversations',
    key: [folder],
    limit: PAGE,
    fetchPage: (query, signal) => api.conversations.list({ query: { ...query, folder }, signal }),
    ingest: ingestConversations,
    staleTime: 0,
  })

export const conversationQuery = (conversation_id: ConversationId) =>
  queryOptions({
    queryKey: ['conversation', conversation_id],
    queryFn: async ({ signal }) => {
      const found = await api.conversations.get({ params: { conversation_id }, signal })
      return ingestConversations([found])[0] as ConversationId
    },
    staleTime: 0,
  })

/** Pinned first, then those with the newest message, as far as the list has been read. */
export function useConversations(folder: Folder) {
  const paged = usePaged('conversations', conversationList(folder))
  const order = useOrder(paged.ids)
  return { ...paged, ids: order }
}

function useOrder(ids: readonly ConversationId[]): ConversationId[] {
  // A string, so that nothing is drawn again while it stays the same.
  const order = useSyncExternalStore(
    (listener) => {
      const ends = ids.map((id) => entities.subscribe('conversations', id, listener))
      return () => ends.forEach((end) => void end())
    },
    () => inOrder(ids).join(' '),
    () => inOrder(ids).join(' '),
  )
  return useMemo(() => (order === '' ? [] : (order.split(' ') as ConversationId[])), [order])
}

function inOrder(ids: readonly ConversationId[]): ConversationId[] {
  const rankOf = (id: ConversationId) => {
    const conversation = entities.get('conversations', id)
    return conversation ? `${Number(conversation.viewer.pinned)}${conversation.active_at}` : ''
  }
  const ranks = new Map(ids.map((id) => [id, rankOf(id)]))
  return ids.toSorted((a, b) => compare(ranks.get(b) ?? '', ranks.get(a) ?? ''))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** So that it is in the list which it belongs to, and in no other, however far that has been read. */
export function place(id: ConversationId): void {
  const { status, filtered = false } = entities.get('conversations', id)?.viewer ?? {}
  list('inbox', id, status === 'accepted')
  list('requests', id, status === 'request' && !filtered)
  list('filtered', id, status === 'request' && filtered)
}

function list(folder: Folder, id: ConversationId, belongs: boolean): void {
  queryClient.setQueryData(conversationList(folder).queryKey, (known) => {
    const [first] = known?.pages ?? []
    if (!known || !first) return known
    const isListed = known.pages.some(({ ids }) => ids.includes(id))
    if (isListed === belongs) return known
    const pages = belongs
      ? [{ ...first, ids: [id, ...first.ids] }, ...known.pages.slice(1)]
      : known.pages.map((page) => ({ ...page, ids: page.ids.filter((one) => one !== id) }))
    return { ...known, pages }
  })
}

/** What a reply said of a conversation. */
export function takeConversation(conversation: Conversation): ConversationId {
  const [id] = ingestConversations([conversation]) as [ConversationId]
  place(id)
  return id
}

/** How often something was said in a conversation: an answer from before that is not taken for the newest. */
const heard = new Map<ConversationId, number>()
export const noteHeard = (id: ConversationId): void => void heard.set(id, (heard.get(id) ?? 0) + 1)

/** Reads one again; one that is gone leaves the store and its lists. */
export async function refreshConversation(conversation_id: ConversationId): Promise<void> {
  try {
    const before = heard.get(conversation_id)
    const conversation = await api.conversations.get({ params: { conversation_id } })
    if (heard.get(conversation_id) !== before) return await refreshConversation(conversation_id)
    takeConversation(conversation)
  } catch (error) {
    if (error instanceof TintypeError && error.code === 'not_found') forgetConversation(conversation_id)
    else throw error
  }
}

/** The member has left it, was taken out, or has deleted it. */
export function forgetConversation(id: ConversationId): void {
  entities.remove('conversations', id)
  queryClient.removeQueries({ queryKey: ['thread', id] })
}

/** The newest message of a conversation, where it is newer than what is known; `isUnread`: for the count. */
export function heardLast(message: MessageEntity, isUnread: boolean): void {
  const id = message.conversation_id
  const known = entities.truth('conversations', id)
  if (!known) return
  if (known.last_message && known.last_message.message_id >= message.message_id) return
  const unread_count = known.viewer.unread_count + Number(isUnread)
  entities.patch('conversations', id, {
    last_message: message,
    active_at: message.created_at,
    viewer: { ...known.viewer, unread_count },
  })
  place(id)
}

/** How far somebody has read, or been reached; never back. */
export function heardMark(
  id: ConversationId,
  user_id: UserId,
  mark: 'last_read_message_id' | 'last_delivered_message_id',
  up_to: MessageId,
): void {
  const known = entities.truth('conversations', id)
  if (!known) return
  const members = known.members.map((member) =>
    member.user_id === user_id && (member[mark] ?? '') < up_to ? { ...member, [mark]: up_to } : member,
  )
  entities.patch('conversations', id, { members })
}

export const othersIn = ({ members }: Pick<ConversationEntity, 'members'>, me: UserId): UserId[] =>
  members.flatMap(({ user_id }) => (user_id === me ? [] : [user_id]))
