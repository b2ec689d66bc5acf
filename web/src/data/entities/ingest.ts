import type {
  Comment,
  CommentId,
  Me,
  Post,
  PostId,
  Profile,
  Relationship,
  UserId,
  UserListEntry,
  UserSummary,
} from '@tintype/contract'
import { entities } from './entities.ts'

/** Every reply passes here: things go into the store, ids come back for the list. */
export function ingestPosts(posts: readonly Post[]): PostId[] {
  return posts.map(({ user, ...post }) => {
    ingestUser(user, post.viewer.is_author ? undefined : { following: post.viewer.following })
    entities.merge('posts', post.post_id, { ...post, user_id: user.user_id })
    return post.post_id
  })
}

export function ingestComments(comments: readonly Comment[]): CommentId[] {
  return comments.map(({ user, ...comment }) => {
    ingestUser(user)
    entities.merge('comments', comment.comment_id, { ...comment, user_id: user.user_id })
    return comment.comment_id
  })
}

export function ingestUsers(entries: readonly UserListEntry[]): UserId[] {
  return entries.map(({ viewer, ...user }) => ingestUser(user, viewer ?? undefined))
}

export function ingestProfile({ viewer, privacy_level: _, ...profile }: Profile): UserId {
  return ingestUser(profile, viewer ?? undefined)
}

export function ingestMe(me: Me): void {
  const { user_id, username, full_name, profile_picture, profile_picture_variants, is_private, bio, link } =
    me
  const summary = { user_id, username, full_name, profile_picture, is_private }
  entities.merge('users', user_id, { ...summary, profile_picture_variants, bio, link })
}

function ingestUser(user: UserSummary, viewer?: Partial<Relationship>): UserId {
  const known = entities.get('users', user.user_id)?.viewer
  entities.merge('users', user.user_id, { ...user, ...(viewer ? { viewer: { ...known, ...viewer } } : {}) })
  return user.user_id
}
