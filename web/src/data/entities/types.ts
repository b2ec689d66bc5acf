import type {
  Comment,
  CommentId,
  Conversation,
  ConversationId,
  ConversationMember,
  ExploreReason,
  Message,
  MessageId,
  Post,
  PostId,
  Profile,
  Reel,
  Relationship,
  Story,
  StoryId,
  UserId,
  UserSummary,
} from '@tintype/contract'

/** A member: what a summary says, and what else was learnt of them from lists, posts and their profile. */
export type UserEntity = UserSummary &
  Partial<
    Pick<
      Profile,
      | 'profile_picture_variants'
      | 'bio'
      | 'link'
      | 'posts_count'
      | 'followers_count'
      | 'following_count'
      | 'created_at'
      | 'is_self'
      | 'can_view_content'
    >
  > & { viewer?: Partial<Relationship>; stories?: StoryRing | null }

/** That a member has stories now, as far as the viewer sees them; null where they have none. */
export interface StoryRing {
  count: number
  unseen: number
  close_friends: boolean
}
/** `why`: as explore told it last. `hashtag`, `reposted_by`: for which, or by whom, it is in the home feed. The rest where it was last seen among reels. */
export type PostEntity = Omit<Post, 'user'> & {
  user_id: UserId
  why?: ExploreReason
  hashtag?: string
  reposted_by?: UserSummary[]
} & Partial<Pick<Reel, 'sound' | 'plays_count' | 'again'>>
export type CommentEntity = Omit<Comment, 'user'> & { user_id: UserId }

/** `ends_at` is by this browser's clock, reckoned from the seconds that the server said were left; null where it is kept. */
export type StoryEntity = Omit<Story, 'user' | 'expires_in'> & { user_id: UserId; ends_at: number | null }

export type MessageEntity = Omit<Message, 'user'> & { user_id: UserId | null }
/** Of its members only how they stand in it; who they are is in `users`. */
export type ConversationEntity = Omit<Conversation, 'members' | 'last_message'> & {
  members: Membership[]
  last_message: MessageEntity | null
}
export type Membership = Pick<
  ConversationMember,
  'user_id' | 'role' | 'last_read_message_id' | 'last_delivered_message_id' | 'quiet'
>

export interface Tables {
  users: UserEntity
  posts: PostEntity
  comments: CommentEntity
  stories: StoryEntity
  conversations: ConversationEntity
  messages: MessageEntity
}
export interface Ids {
  users: UserId
  posts: PostId
  comments: CommentId
  stories: StoryId
  conversations: ConversationId
  messages: MessageId
}
export type Kind = keyof Tables
