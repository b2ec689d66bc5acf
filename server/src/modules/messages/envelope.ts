import type {
  LinkPreview,
  MediaId,
  MessageId,
  MessageLife,
  SharedKind,
  SystemLine,
  UserId,
} from '@tintype/contract'
import type { Json, MessageHead, NewMessage, StoredMessage } from '../../engines/message-store/port.ts'

/** Raised where the same fields would mean something else. A sealed kind of message is another `kind`, not another version. */
const VERSION = 1

export type StoredAttachment =
  | { type: 'photo' | 'video'; media_id: MediaId; alt_text: string }
  | { type: 'voice'; media_id: MediaId }
  | { type: 'share'; purpose: 'share' | 'reply' | 'reaction'; kind: SharedKind; id: string }

export interface StoredLine {
  event: SystemLine['event']
  actor_id: UserId | null
  user_ids: UserId[]
  name: string | null
}

/** What a message holds: typed, so that content of another kind (sealed end to end, say) needs no other rows. */
export interface Content {
  v: number
  kind: 'text' | 'media' | 'voice' | 'share' | 'system'
  body: string | null
  attachments: StoredAttachment[]
  reply_to: MessageId | null
  system: StoredLine | null
  /** What the address in its text leads to. */
  link?: LinkPreview
}

/** What is decided by, and changed, without looking into the content. Fields that are not set are left out. */
export interface Marks {
  life?: MessageLife
  /** It has no content any more, and keeps its place. */
  unsent?: true
  /** Milliseconds since 1970. */
  edited_at?: number
  reactions?: Readonly<Record<UserId, string>>
  /** Who has opened what can be seen once, and when (milliseconds since 1970). */
  opened?: Readonly<Record<UserId, number>>
  /** Files that could not be used. */
  failed?: readonly MediaId[]
}

export interface Head extends Omit<MessageHead, 'marks'> {
  marks: Marks
}
export interface MessageRow extends Omit<StoredMessage, 'content' | 'marks'> {
  content: Content
  marks: Marks
}

export const rowOf = (message: StoredMessage): MessageRow => message as unknown as MessageRow
export const headOf = (head: MessageHead): Head => head as unknown as Head
export const json = (part: Content | Marks): Json => part as unknown as Json

const nothing: Content = {
  v: VERSION,
  kind: 'text',
  body: null,
  attachments: [],
  reply_to: null,
  system: null,
}

export const contentOf = (parts: Partial<Omit<Content, 'v'>>): Content => ({ ...nothing, ...parts })

/** What is left of one that is taken back: nothing that it said. */
export const emptied = ({ kind }: Content): Content => contentOf({ kind })

/** A line of the conversation itself; `name`: under which it is written once. */
export const lineOf = (
  { conversation_id, name, at }: { conversation_id: NewMessage['conversation_id']; name: string; at: number },
  system: StoredLine,
): NewMessage => ({
  conversation_id,
  sender_id: null,
  client_message_id: name,
  content: json(contentOf({ kind: 'system', system })),
  marks: {},
  at,
})

/** The files that belong to it: pictures, films, recordings. */
export const filesOf = ({ attachments }: Content): MediaId[] =>
  attachments.flatMap((one) => (one.type === 'share' ? [] : [one.media_id]))
