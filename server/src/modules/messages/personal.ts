import {
  ConversationId,
  idOf,
  type MessageId,
  Nullable,
  Timestamp,
  Type,
  type UserId,
} from '@tintype/contract'
import { sql } from 'kysely'
import { idFloor } from '../../kit/ids.ts'
import { type DataPage, derived, filed, named, type PersonalData, rowsSection } from '../personal.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { conversationsOf } from './inbox-store.ts'
import { isShut, sentAt } from './policy.ts'
import type { ConversationsReader, Mine, ReaderDeps } from './reader.ts'

type Deps = Pick<ReaderDeps, 'db' | 'messageStore' | 'clock'> & {
  reader: Pick<ConversationsReader, 'records' | 'sees'>
}

const SOME = 500
const IN = 'until the member leaves, or the last of its members’ accounts is deleted'

const tables: PersonalData['tables'] = {
  conversations: {
    holds: 'conversations: of two or of a group, their name and picture',
    kept: IN,
    told: ['conversations'],
  },
  direct_conversations: { holds: 'which two a conversation is of', kept: IN, told: ['conversations'] },
  conversation_members: {
    holds: 'who is in it, since when, how far they have read',
    kept: IN,
    told: ['conversations'],
  },
  inbox: { holds: 'the same by member: pinned, muted, unread', kept: IN, told: ['conversations'] },
  conversation_invites: {
    holds: 'codes that let somebody into a group',
    kept: 'until renewed',
    untold: 'the group’s, not a member’s',
  },
  message_settings: {
    holds: 'whether a member shows that they are there and have read, and who may write to them',
    kept: 'until the account is deleted',
    told: ['message_settings'],
  },
  member_presence: {
    holds: 'when a member was last there',
    kept: 'until the account is deleted',
    told: ['account'],
  },
  passing_messages: {
    holds: 'messages that end by themselves, and when',
    kept: 'until then',
    told: ['messages'],
  },
  messages: {
    holds: 'what was said: text, pictures, reactions; what was taken back leaves nothing but its place',
    kept: 'until taken back or passed; what a deleted member said goes with their account',
    told: ['messages'],
  },
  message_words: derived('words of messages, for search', 'as long as the message'),
  indexed_messages: derived('the same by message', 'as long as the message'),
  indexed_conversations: {
    holds: 'conversations whose words are all there',
    kept: IN,
    untold: 'says nothing of a member',
  },
  message_heads: { holds: 'how far a conversation is', kept: IN, untold: 'says nothing of a member' },
  message_places: {
    holds: 'which store messages lie in',
    kept: 'always',
    untold: 'says nothing of a member',
  },
  moved_conversations: {
    holds: 'conversations that lie in another store by now',
    kept: 'while messages are moved',
    untold: 'says nothing of a member',
  },
}

export const messagesData = (deps: Deps): PersonalData => ({
  tables,
  sections: [
    conversations(deps),
    {
      file: 'messages',
      about: 'Messages of the conversations that you are in, as far as you can see them',
      entry: messageEntry,
      page: (member, after) => messagePage(deps, member, after),
    },
    rowsSection(deps.db, {
      file: 'message_settings',
      about: 'What you have chosen for messages',
      entry: { presence: Type.Boolean(), read_receipts: Type.Boolean(), accept_from: Type.String() },
      select: (member) => sql`
        select user_id as key, presence, read_receipts, accept_from from message_settings where user_id = ${member}`,
    }),
  ],
})

const conversations = ({ db }: Deps) =>
  rowsSection(db, {
    file: 'conversations',
    about: 'Conversations that you are in',
    entry: {
      conversation_id: ConversationId,
      kind: Type.String(),
      name: Nullable(Type.String()),
      status: Type.String(),
      muted: Type.Boolean(),
      pinned: Type.Boolean(),
      members: Type.Array(Type.Object({ ...named, role: Type.String() })),
    },
    select: (member) => sql`
      select conversation_id as key, conversation_id, kind, name, inbox.status, inbox.muted, inbox.pinned,
        (select json_agg(json_build_object('user_id', m.user_id, 'role', m.role) order by m.since)
         from conversation_members m where m.conversation_id = inbox.conversation_id) as members
      from inbox join conversations using (conversation_id)
      where inbox.user_id = ${member} and inbox.status <> 'left'`,
    entryOf: ({ members }) => ({ members: (members ?? []) as never }),
  })

const messageEntry = Type.Object({
  conversation_id: ConversationId,
  message_id: idOf<MessageId>(),
  user_id: Nullable(Type.String()),
  username: Nullable(Type.String()),
  kind: Type.String(),
  body: Nullable(Type.String()),
  attachments: Type.Array(
    Type.Union([
      Type.Object({ type: Type.String(), ...filed, alt_text: Type.Optional(Type.String()) }),
      Type.Object({ type: Type.Literal('share'), kind: Type.String(), id: Type.String() }),
    ]),
  ),
  reply_to: Nullable(idOf<MessageId>()),
  reactions: Type.Array(Type.Object({ ...named, emoji: Type.String() })),
  unsent: Type.Boolean(),
  edited_at: Nullable(Timestamp),
  sent_at: Timestamp,
})

/** One conversation after the other; a key is where it ended: the conversation, and the message in it. */
async function messagePage(deps: Deps, member: UserId, after: string | null): Promise<DataPage> {
  const [at, message] = (after?.split(' ') ?? []) as [ConversationId?, MessageId?]
  const [id] = message ? [at] : await conversationsOf(deps.db.query, member, at ?? null, 1)
  if (!id) return { entries: [], next: null }
  const record = (await deps.reader.records([id])).get(id)
  const me = record?.members.find(({ user_id }) => user_id === member)
  if (!record || !me) return { entries: [], next: id }
  const from = message ?? idFloor<MessageId>(0)
  const rows = (await deps.messageStore.page(id, { after: from, limit: SOME })).map(rowOf)
  return {
    entries: await entriesOf(deps, { record, me }, rows),
    next: rows.length < SOME ? id : `${id} ${rows.at(-1)?.message_id}`,
  }
}

async function entriesOf(
  { reader, clock }: Deps,
  mine: Mine,
  rows: readonly MessageRow[],
): Promise<unknown[]> {
  const seen = await reader.sees(mine, rows)
  const there = rows.filter(({ message_id, content }) => seen.has(message_id) && content.kind !== 'system')
  return there.map((row) => {
    const { conversation_id, message_id, sender_id, content, marks } = row
    const isShown = sender_id === mine.me.user_id || !isShut(row, mine.me.user_id, clock.now())
    return {
      conversation_id,
      message_id,
      user_id: sender_id,
      kind: content.kind,
      body: isShown ? content.body : null,
      attachments: isShown ? content.attachments : [],
      reply_to: content.reply_to,
      reactions: Object.entries(marks.reactions ?? {}).map(([user_id, emoji]) => ({ user_id, emoji })),
      unsent: marks.unsent ?? false,
      edited_at: marks.edited_at === undefined ? null : new Date(marks.edited_at).toISOString(),
      sent_at: new Date(sentAt(message_id)).toISOString(),
    }
  })
}
