import {
  type AuthorStories,
  type Comment,
  type CommentId,
  type Me,
  type Post,
  type PostId,
  type Profile,
  type Relationship,
  type Story,
  type StoryId,
  summaryOf,
  type TrayEntry,
  type UserId,
  type UserListEntry,
  type UserSummary,
} from '@tintype/contract'
import { entities } from './entities.ts'
import type { StoryRing } from './types.ts'

/** What a reply leaves out is not so any more. */
const notSet = {
  collaborators: undefined,
  circles: undefined,
  comments_from: undefined,
  downloads_allowed: undefined,
  for_circles: undefined,
  likes_hidden: undefined,
  pinned: undefined,
  sensitive: undefined,
  tagged: undefined,
}

/** Every reply passes here: things go into the store, ids come back for the list. */
export function ingestPosts(posts: readonly Post[]): PostId[] {
  return posts.map(({ user, ...post }) => {
    ingestUser(user, post.viewer.is_author ? undefined : { following: post.viewer.following })
    entities.merge('posts', post.post_id, { ...notSet, ...post, user_id: user.user_id })
    return post.post_id
  })
}

export function ingestComments(comments: readonly Comment[]): CommentId[] {
  return comments.map(({ user, ...comment }) => {
    ingestUser(user)
    const flags = { pinned: undefined, held: undefined }
    entities.merge('comments', comment.comment_id, { ...flags, ...comment, user_id: user.user_id })
    return comment.comment_id
  })
}

export function ingestUsers(entries: readonly UserListEntry[]): UserId[] {
  return entries.map(({ viewer, ...user }) => ingestUser(user, viewer ?? undefined))
}

export function ingestProfile({ viewer, privacy_level: _, ...profile }: Profile): UserId {
  return ingestUser(profile, viewer ?? undefined)
}

const SECOND = 1000

export function ingestStories(stories: readonly Story[]): StoryId[] {
  return stories.map(({ user, expires_in, ...story }) => {
    ingestUser(user)
    const ends_at = expires_in > 0 ? Date.now() + expires_in * SECOND : null
    const flags = { circles: undefined, for_circles: undefined }
    entities.merge('stories', story.story_id, { ...flags, ...story, user_id: user.user_id, ends_at })
    return story.story_id
  })
}

/** Authors of the row above the home feed. */
export function ingestTray(entries: readonly TrayEntry[]): UserId[] {
  return entries.map(({ user, stories_count: count, unseen_count: unseen, close_friends }) =>
    ingestRing(user, { count, unseen, close_friends }),
  )
}

export function ingestAuthorStories({ user, stories }: AuthorStories): { userId: UserId; ids: StoryId[] } {
  const unseen = stories.filter((story) => !story.viewer.seen && !story.viewer.is_author)
  const shown = unseen.length > 0 ? unseen : stories
  const close_friends = shown.some((story) => story.audience === 'close_friends')
  const ring = { count: stories.length, unseen: unseen.length, close_friends }
  return { userId: ingestRing(user, stories.length > 0 ? ring : null), ids: ingestStories(stories) }
}

function ingestRing(user: UserSummary, stories: StoryRing | null): UserId {
  entities.merge('users', ingestUser(user), { stories })
  return user.user_id
}

export function ingestMe(me: Me): void {
  const { user_id, profile_picture_variants, bio, link } = me
  entities.merge('users', user_id, { ...summaryOf(me), profile_picture_variants, bio, link })
}

function ingestUser(user: UserSummary, viewer?: Partial<Relationship>): UserId {
  const known = entities.get('users', user.user_id)?.viewer
  entities.merge('users', user.user_id, { ...user, ...(viewer ? { viewer: { ...known, ...viewer } } : {}) })
  return user.user_id
}
