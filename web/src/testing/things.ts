import type {
  Collection,
  CollectionId,
  Comment,
  CommentId,
  Conversation,
  ConversationId,
  ConversationMember,
  HashtagHit,
  Me,
  MediaId,
  Message,
  MessageId,
  NoticePreferences,
  Notification,
  NotificationId,
  Photo,
  Post,
  PostId,
  Relationship,
  Story,
  StoryId,
  TrayEntry,
  UserHit,
  UserId,
  UserListEntry,
} from '@tintype/contract'
import type { PostEntity } from '../data/entities/types.ts'

/** Things as the API sends them, for tests: sensible everywhere but where a test says otherwise. */
export const stranger: Relationship = {
  following: false,
  requested: false,
  followed_by: false,
  requested_by: false,
  blocking: false,
  muting: false,
  restricting: false,
}

export const userNamed = (username: string, fields: Partial<UserListEntry> = {}): UserListEntry => ({
  user_id: `u-${username}` as UserId,
  username,
  full_name: `${username.charAt(0).toUpperCase()}${username.slice(1)} Example`,
  profile_picture: null,
  is_private: false,
  is_verified: false,
  viewer: stranger,
  ...fields,
})

/** As the search finds them. */
export const userHits = (...usernames: string[]): UserHit[] =>
  usernames.map((username) => ({ type: 'user', user: userNamed(username) }))

export const tagHits = (...tags: string[]): HashtagHit[] =>
  tags.map((tag) => ({ type: 'hashtag', tag, posts_count: 3 }))

export const meNamed = (username: string, fields: Partial<Me> = {}): Me => {
  const { viewer: _, ...summary } = userNamed(username)
  return {
    ...summary,
    profile_picture_variants: [],
    email: `${username}@example.org`,
    email_verified: true,
    email_pending: null,
    bio: '',
    link: null,
    privacy_level: 'public',
    role: 'member',
    unread_notifications: 0,
    follow_requests: 0,
    created_at: '2026-01-01T00:00:00.000Z',
    ...fields,
  }
}

const both = { push: true, email: true }
export const preferencesOf = (fields: Partial<NoticePreferences> = {}): NoticePreferences => ({
  kinds: {
    message: both,
    comment: both,
    mention: both,
    like: both,
    follow: both,
    story: both,
    live: both,
    community: both,
  },
  digest: true,
  quiet_hours: { enabled: false, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] },
  quiet_until: null,
  quiet_shown: true,
  daily_reminder: null,
  time_zone: 'UTC',
  ...fields,
})

export const mediaOf = (id: string, fields: Partial<Photo> = {}): Photo => ({
  media_id: id as MediaId,
  type: 'photo',
  url: `/media/${id}/1080.webp`,
  width: 1080,
  height: 1350,
  thumbhash: '',
  dominant_color: '#336699',
  alt_text: '',
  variants: [
    { url: `/media/${id}/1080.webp`, width: 1080, height: 1350, content_type: 'image/webp' },
    { url: `/media/${id}/640.webp`, width: 512, height: 640, content_type: 'image/webp' },
  ],
  ...fields,
})

export const apiPost = (id: string, author = 'ana', fields: Partial<Post> = {}): Post => {
  const { viewer: _, ...user } = userNamed(author)
  return {
    post_id: id as PostId,
    user,
    status: 'published',
    failure: null,
    media: [mediaOf(`m-${id}`)],
    caption: '',
    facets: [],
    location: null,
    comments_enabled: true,
    likes_count: 0,
    comments_count: 0,
    viewer: { liked: false, saved: false, following: true, is_author: false },
    created_at: '2026-01-02T10:00:00.000Z',
    edited_at: null,
    ...fields,
  }
}

export function postOf(id: PostId, author = 'ana'): PostEntity {
  const { user, ...post } = apiPost(id, author)
  return { ...post, user_id: user.user_id }
}

export const apiComment = (
  id: string,
  author: string,
  text: string,
  fields: Partial<Comment> = {},
): Comment => {
  const { viewer: _, ...user } = userNamed(author)
  return {
    comment_id: id as CommentId,
    post_id: 'p1' as PostId,
    parent_comment_id: null,
    user,
    text,
    facets: [],
    likes_count: 0,
    replies_count: 0,
    viewer: { liked: false, can_delete: false },
    created_at: '2026-01-02T11:00:00.000Z',
    ...fields,
  }
}

export const apiNotification = (id: string, fields: Partial<Notification> = {}): Notification => ({
  notification_id: id as NotificationId,
  group_id: id as NotificationId,
  type: 'like',
  actor: userNamed('ana'),
  more_actors: [],
  others_count: 0,
  things_count: 1,
  subject: { kind: 'post', id: 'p', partition: 'p' },
  address: '/p/p',
  excerpt: null,
  thumbnail: null,
  read: true,
  created_at: new Date().toISOString(),
  ...fields,
})

export const apiStory = (id: string, author = 'ana', fields: Partial<Story> = {}): Story => {
  const { viewer: _, ...user } = userNamed(author)
  return {
    story_id: id as StoryId,
    user,
    status: 'published',
    failure: null,
    media: mediaOf(`m-${id}`, { height: 1920, alt_text: `Picture ${id}` }),
    stickers: [],
    audience: 'followers',
    replies: 'everyone',
    created_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    expires_in: 3600,
    views_count: null,
    viewer: { seen: false, reaction: null, is_author: false, can_reply: false },
    ...fields,
  }
}

export const apiCollection = (name: string, fields: Partial<Collection> = {}): Collection => {
  const { viewer: _, ...owner } = userNamed('ben')
  return {
    collection_id: `c-${name}` as CollectionId,
    name,
    owner,
    cover: [],
    is_owner: true,
    is_shared: false,
    ...fields,
  }
}

export const trayEntry = (author: string, fields: Partial<TrayEntry> = {}): TrayEntry => {
  const { viewer: _, ...user } = userNamed(author)
  return {
    user,
    stories_count: 2,
    unseen_count: 1,
    latest_at: new Date().toISOString(),
    close_friends: false,
    is_self: false,
    ...fields,
  }
}

/** Ids of messages are ordered as they were sent. */
export const messageId = (n: number): MessageId => `m${String(n).padStart(5, '0')}` as MessageId

/** The n-th message of a conversation, a minute after the one before. */
export const apiMessage = (n: number, author: string | null, fields: Partial<Message> = {}): Message => {
  const { viewer: _, ...user } = userNamed(author ?? 'nobody')
  return {
    message_id: messageId(n),
    conversation_id: 'c1' as ConversationId,
    client_message_id: null,
    user: author === null ? null : user,
    is_own: false,
    kind: 'text',
    body: `Message ${n}`,
    attachments: [],
    system: null,
    reply_to: null,
    reactions: [],
    unsent: false,
    edited_at: null,
    expires: null,
    expires_at: null,
    opened: false,
    created_at: new Date(Date.UTC(2026, 0, 2, 10, n)).toISOString(),
    ...fields,
  }
}

export const memberOf = (username: string, fields: Partial<ConversationMember> = {}): ConversationMember => ({
  ...userNamed(username),
  role: 'member',
  last_read_message_id: null,
  last_delivered_message_id: null,
  ...fields,
})

/** Of the viewer, who is the first named, with the others. */
export const apiConversation = (
  id: string,
  names: readonly string[],
  {
    viewer,
    ...fields
  }: Partial<Omit<Conversation, 'viewer'>> & { viewer?: Partial<Conversation['viewer']> } = {},
): Conversation => ({
  conversation_id: id as ConversationId,
  kind: names.length > 2 ? 'group' : 'direct',
  name: null,
  picture: null,
  members: names.map((name) => memberOf(name)),
  invite_code: null,
  last_message: null,
  active_at: '2026-01-02T10:00:00.000Z',
  created_at: '2026-01-01T10:00:00.000Z',
  ...fields,
  viewer: {
    status: 'accepted',
    muted: false,
    pinned: false,
    unread_count: 0,
    role: 'member',
    may_send: true,
    last_read_message_id: null,
    ...viewer,
  },
})
