import {
  ConversationId,
  Exact,
  MessageId,
  Nullable,
  type Static,
  Timestamp,
  Type,
  UserId,
  Written,
} from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Media, Photo, Video } from '../media/schemas.ts'
import { UserListEntry, UserSummary } from '../members/schemas.ts'

const oneOf = <const T extends readonly string[]>(...names: T) =>
  Type.Unsafe<T[number]>(Type.Union(names.map((name) => Type.Literal(name))))

/** Made by the sender's device, once for a message however often it is sent: the same in a conversation is the same message. */
export const ClientMessageId = Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' })
export const MessageText = Written('lines', { min: 1, max: limits.message })

/** `view_once`: by each recipient, within two weeks. `day`: 24 hours, by the server's clock. */
export const MessageLife = oneOf('view_once', 'day')
export type MessageLife = Static<typeof MessageLife>

/** Kinds may be added; show of one that is unknown its `body`. `media`: pictures and videos. */
export const MessageKind = oneOf('text', 'media', 'voice', 'share', 'system')
export type MessageKind = Static<typeof MessageKind>

/** What can be sent: by its id; of a member the `user_id`. */
export const SharedKind = oneOf('post', 'story', 'member')
export type SharedKind = Static<typeof SharedKind>

/** A thing, as this viewer sees it. */
export const SharedPreview = Exact({
  author: UserSummary,
  /** Path of its page. */
  address: Type.String(),
  text: Type.String(),
  picture: Nullable(Media),
})
export type SharedPreview = Static<typeof SharedPreview>

export const PhotoAttachment = Exact({
  type: Type.Literal('photo'),
  /** `processing`: a `message.changed` follows. `failed`: it could not be used. `closed`: seen once, and not opened or over. */
  state: oneOf('processing', 'ready', 'failed', 'closed'),
  media: Nullable(Photo),
})
export const VideoAttachment = Exact({
  type: Type.Literal('video'),
  state: oneOf('processing', 'ready', 'failed', 'closed'),
  media: Nullable(Video),
})
export const VoiceAttachment = Exact({
  type: Type.Literal('voice'),
  state: oneOf('processing', 'ready', 'failed', 'closed'),
  /** AAC in MP4. */
  url: Nullable(Type.String()),
  /** 0 until it is ready, as is the waveform empty. */
  duration_ms: Type.Integer(),
  /** Loudness over time, 0…100. */
  waveform: Type.Array(Type.Integer()),
})
export const ShareAttachment = Exact({
  type: Type.Literal('share'),
  /** `reply` and `reaction`: to a story of one of the two. */
  purpose: oneOf('share', 'reply', 'reaction'),
  kind: SharedKind,
  id: Type.String(),
  /** False where the viewer may not see it, and where there is no such thing any more: nobody can tell the two apart. */
  available: Type.Boolean(),
  preview: Nullable(SharedPreview),
})
export const Attachment = Type.Union([PhotoAttachment, VideoAttachment, VoiceAttachment, ShareAttachment])
export type Attachment = Static<typeof Attachment>

/** What happened to a group. */
export const SystemLine = Exact({
  event: oneOf('created', 'added', 'joined', 'left', 'removed', 'renamed', 'picture_changed', 'made_admin'),
  /** Null: somebody whom the viewer does not see, or who has left Tintype. */
  actor: Nullable(UserSummary),
  /** Whom it was done to, as far as the viewer sees them. */
  users: Type.Array(UserSummary),
  /** Of `created` and `renamed`. */
  name: Nullable(Type.String()),
})
export type SystemLine = Static<typeof SystemLine>

export const Reaction = Exact({ emoji: Type.String(), user_ids: Type.Array(UserId) })

/** What an address in a message leads to, as it said when the message was sent. */
export const LinkPreview = Exact({
  url: Type.String(),
  title: Type.String(),
  /** Empty where it says nothing more. */
  text: Type.String(),
  /** The name of the site, or its host. */
  site: Type.String(),
  /** A small square one, as a `data:` address: nobody else is asked for it. */
  picture: Nullable(Type.String()),
})
export type LinkPreview = Static<typeof LinkPreview>

export const Message = Exact({
  /** Its order in the conversation. */
  message_id: MessageId,
  conversation_id: ConversationId,
  /** Of those that the viewer sent. */
  client_message_id: Nullable(Type.String()),
  /** Null of system lines, and of members whom the viewer does not see or who have left. */
  user: Nullable(UserSummary),
  is_own: Type.Boolean(),
  kind: MessageKind,
  /** Null where there is none, where it is unsent, and of what can be seen once, until it is opened. */
  body: Nullable(Type.String()),
  attachments: Type.Array(Attachment),
  /** Of the first address of another site in its text; comes a moment later, where there is one. */
  link: Type.Optional(LinkPreview),
  system: Nullable(SystemLine),
  reply_to: Nullable(
    Exact({
      message_id: MessageId,
      user: Nullable(UserSummary),
      kind: MessageKind,
      /** Empty where it has no text or is not there any more. */
      excerpt: Type.String(),
      available: Type.Boolean(),
    }),
  ),
  /** One of each member; of those whom the viewer sees. */
  reactions: Type.Array(Reaction),
  /** Taken back: it has no content any more, and keeps its place. */
  unsent: Type.Boolean(),
  edited_at: Nullable(Timestamp),
  expires: Nullable(MessageLife),
  expires_at: Nullable(Timestamp),
  /** Of what can be seen once: whether the viewer has opened it; of one's own, whether somebody has. */
  opened: Type.Boolean(),
  created_at: Timestamp,
})
export type Message = Static<typeof Message>

export const GroupRole = oneOf('admin', 'member')
export type GroupRole = Static<typeof GroupRole>

export const ConversationMember = Exact({
  ...UserListEntry.properties,
  role: GroupRole,
  /** Null where nothing is read yet, where they have not accepted, and where they or the viewer keep receipts to themselves. */
  last_read_message_id: Nullable(MessageId),
  last_delivered_message_id: Nullable(MessageId),
  /** Of the other one of two: they are in quiet mode, let it be known, and hear of messages later. */
  quiet: Type.Optional(Type.Literal(true)),
})
export type ConversationMember = Static<typeof ConversationMember>

/** `request`: somebody whom the viewer does not follow has begun it. To write, or to accept, ends it. */
export const ConversationStatus = oneOf('accepted', 'request', 'declined')
export type ConversationStatus = Static<typeof ConversationStatus>

export const Conversation = Exact({
  conversation_id: ConversationId,
  kind: oneOf('direct', 'group'),
  /** Of groups that have one. */
  name: Nullable(Type.String()),
  /** 150 px. */
  picture: Nullable(Type.String()),
  /** The viewer among them; without those whom the viewer does not see, and who have left Tintype. */
  members: Type.Array(ConversationMember),
  /** For admins; null where there is no invitation. */
  invite_code: Nullable(Type.String()),
  viewer: Exact({
    status: ConversationStatus,
    /** Of a request: it looks like spam, and lies in a folder of its own. */
    filtered: Type.Optional(Type.Literal(true)),
    muted: Type.Boolean(),
    pinned: Type.Boolean(),
    /** At most 100. */
    unread_count: Type.Integer(),
    role: GroupRole,
    may_send: Type.Boolean(),
    last_read_message_id: Nullable(MessageId),
  }),
  /** The newest that the viewer sees. */
  last_message: Nullable(Message),
  /** Of the newest message, whoever sees it; else when it began. */
  active_at: Timestamp,
  created_at: Timestamp,
})
export type Conversation = Static<typeof Conversation>

export const ConversationInvite = Exact({
  name: Nullable(Type.String()),
  members_count: Type.Integer(),
  /** Those of them whom the viewer follows. */
  known: Type.Array(UserSummary),
  /** Set where the viewer is in it already. */
  conversation_id: Nullable(ConversationId),
})
export type ConversationInvite = Static<typeof ConversationInvite>

export const MessageSettings = Exact({
  /** Whether others see that one is there; where not, one does not see it of others. */
  presence: Type.Boolean(),
  /** Whether others see what has reached one and what one has read; where not, one does not see it of others. */
  read_receipts: Type.Boolean(),
  /** Who may begin a conversation with one. */
  accept_from: oneOf('everyone', 'following'),
})
export type MessageSettings = Static<typeof MessageSettings>

export const GroupName = Written('line', { max: limits.groupName })
