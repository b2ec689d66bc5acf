import type {
  Comment,
  CommentId,
  Post,
  PostId,
  Profile,
  Relationship,
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
  > & { viewer?: Partial<Relationship> }
export type PostEntity = Omit<Post, 'user'> & { user_id: UserId }
export type CommentEntity = Omit<Comment, 'user'> & { user_id: UserId }

export interface Tables {
  users: UserEntity
  posts: PostEntity
  comments: CommentEntity
}
export interface Ids {
  users: UserId
  posts: PostId
  comments: CommentId
}
export type Kind = keyof Tables
