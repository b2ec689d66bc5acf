import type { ConversationId, Message, MessageId, UserId } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Graph } from '../graph/api.ts'
import type { PushHint, PushSource, PushText } from '../push-source.ts'
import type { ConversationRecord } from './conversation-store.ts'
import { headOf } from './envelope.ts'
import { readInbox } from './inbox-store.ts'
import { type ConversationsReader, type Mine, memberOf } from './reader.ts'
import type { MessageShow } from './show.ts'
import { MOST_UNREAD } from './unread.ts'

export interface MessagePushDeps {
  db: Db
  messageStore: Pick<MessageStore, 'heads'>
  reader: Pick<ConversationsReader, 'records' | 'row' | 'sees'>
  show: Pick<MessageShow, 'one'>
  graph: Pick<Graph, 'holdsBack'>
}

const t = createT({
  group: '{name}: {text}',
  more: { one: '{text} (and one more)', other: '{text} (and {count} more)' },
  photo: 'Sent a photo',
  voice: 'Sent a voice message',
  share: 'Shared something with you',
  other: 'Sent a message',
})

/** Seconds: whoever has the conversation open has read it by then, and is told nothing. */
const HOLD = 1

/**
 * A conversation in which somebody has unread messages, on their devices: of those that are accepted and not muted, before all else. Read
 * somewhere, it is taken away everywhere.
 */
export const messagePushes = (deps: MessagePushDeps): PushSource => ({
  name: 'messages',
  lane: 'high',
  again: 'aloud',
  hold: HOLD,
  types: [
    'message.sent',
    'message.unsent',
    'message.expired',
    'conversation.read',
    'conversation.settings_changed',
    'conversation.members_changed',
  ],
  async hints(events) {
    const records = await deps.reader.records([...new Set(events.flatMap(idOf))])
    return events.flatMap((event) => hintsOf(event, records))
  },
  async texts(userId, ids) {
    const records = await deps.reader.records(ids as readonly ConversationId[])
    const mine = [...records.values()].flatMap((record) => {
      const me = memberOf(record, userId)
      return me && me.status === 'accepted' && !me.muted ? [{ record, me }] : []
    })
    const texts = await Promise.all(
      mine.map(async (one) => [one.record.conversation_id, await textOf(deps, one)] as const),
    )
    return new Map<string, PushText>(texts.flatMap(([id, text]) => (text ? [[id, text]] : [])))
  },
})

const idOf = ({ payload }: Event): ConversationId[] =>
  'conversation_id' in payload && payload.conversation_id ? [payload.conversation_id as ConversationId] : []

function hintsOf(event: Event, records: ReadonlyMap<ConversationId, ConversationRecord>): PushHint[] {
  const of = (ids: readonly UserId[], id: string, begins: boolean) =>
    ids.map((user_id) => ({ user_id, id, begins }))
  switch (event.type) {
    case 'message.sent':
      return event.payload.sender_id === null
        ? []
        : of(event.payload.recipient_ids, event.payload.conversation_id, true)
    case 'message.unsent':
    case 'message.expired': {
      const id = event.payload.conversation_id
      const members = records.get(id)?.members.map(({ user_id }) => user_id) ?? []
      return of(members, id, false)
    }
    case 'conversation.read':
    case 'conversation.settings_changed':
      return of([event.payload.user_id], event.payload.conversation_id, false)
    case 'conversation.members_changed':
      return of(event.payload.left_ids, event.payload.conversation_id, false)
    default:
      return []
  }
}

async function textOf(
  { db, messageStore, reader, show, graph }: MessagePushDeps,
  mine: Mine,
): Promise<PushText | undefined> {
  const { record, me } = mine
  const { conversation_id } = record
  const [place] = await readInbox(db.query, me.user_id, [conversation_id])
  const [heads = []] = await messageStore.heads(
    [{ conversation_id, above: place?.seen_up_to ?? null }],
    MOST_UNREAD,
  )
  const said = heads
    .map(headOf)
    .filter(({ sender_id, marks }) => !marks.unsent && sender_id !== null && sender_id !== me.user_id)
  // In a group nobody is disturbed by whom they hold back; what those say to one is a request.
  const senders = [...new Set(said.flatMap(({ sender_id }) => sender_id ?? []))]
  const held = await Promise.all(senders.map((id) => graph.holdsBack(me.user_id, id)))
  const silent = new Set(senders.filter((_, at) => held[at]))
  const others = said.filter(({ sender_id }) => sender_id !== null && !silent.has(sender_id))
  if (others.length === 0) return undefined
  const seen = [...(await reader.sees(mine, others))].sort()
  const newest = seen.at(-1)
  const row = newest && (await reader.row(conversation_id, newest as MessageId))
  const message = row && (await show.one(mine, row))
  if (!newest || !message?.user) return undefined
  const text = seen.length > 1 ? t('more', { text: words(message), count: seen.length - 1 }) : words(message)
  const { username } = message.user
  return {
    kind: 'message',
    title: record.kind === 'group' && record.name ? record.name : username,
    body: record.kind === 'group' ? t('group', { name: username, text }) : text,
    url: `/direct/t/${conversation_id}`,
    version: newest,
  }
}

function words({ kind, body }: Message): string {
  if (body) return body
  if (kind === 'media') return t('photo')
  if (kind === 'voice') return t('voice')
  return kind === 'share' ? t('share') : t('other')
}
