import type { CommentId, PostId, Relationship, UserId } from '@tintype/contract'
import { api } from '../client.ts'
import { reportError } from '../report-error.ts'
import { entities } from './entities.ts'
import { toggles } from './toggle-queue.ts'
import type { CommentEntity, PostEntity, UserEntity } from './types.ts'

type Likeable = Pick<PostEntity & CommentEntity, 'likes_count'> & { viewer: { liked: boolean } }

/** Idempotent, so that a truth which already knows of the like is not counted up once more. */
function withLike<E extends Likeable>(entity: E, liked: boolean): E {
  if (entity.viewer.liked === liked) return entity
  const likes_count = Math.max(0, entity.likes_count + (liked ? 1 : -1))
  return { ...entity, likes_count, viewer: { ...entity.viewer, liked } }
}

export function setPostLiked(post_id: PostId, want: boolean): Promise<void> {
  return toggles.request(`post-like:${post_id}`, want, {
    apply: (liked) => entities.overlay('posts', post_id, 'like', (post) => withLike(post, liked)),
    send: (liked) => (liked ? api.engagement.like : api.engagement.unlike)({ params: { post_id } }),
    settle: ({ liked, likes_count }) => {
      const post = entities.get('posts', post_id)
      entities.settle('posts', post_id, 'like', post && { likes_count, viewer: { ...post.viewer, liked } })
    },
    fail: (error) => {
      entities.settle('posts', post_id, 'like')
      reportError(error)
    },
  })
}

export function setPostSaved(post_id: PostId, want: boolean): Promise<void> {
  return toggles.request(`post-save:${post_id}`, want, {
    apply: (saved) =>
      entities.overlay('posts', post_id, 'save', (post) => ({ ...post, viewer: { ...post.viewer, saved } })),
    send: (saved) => (saved ? api.engagement.save : api.engagement.unsave)({ params: { post_id } }),
    settle: ({ saved }) => {
      const post = entities.get('posts', post_id)
      entities.settle('posts', post_id, 'save', post && { viewer: { ...post.viewer, saved } })
    },
    fail: (error) => {
      entities.settle('posts', post_id, 'save')
      reportError(error)
    },
  })
}

export function setCommentLiked(comment_id: CommentId, want: boolean): Promise<void> {
  return toggles.request(`comment-like:${comment_id}`, want, {
    apply: (liked) => entities.overlay('comments', comment_id, 'like', (comment) => withLike(comment, liked)),
    send: (liked) => (liked ? api.comments.like : api.comments.unlike)({ params: { comment_id } }),
    settle: ({ liked, likes_count }) => {
      const comment = entities.get('comments', comment_id)
      entities.settle(
        'comments',
        comment_id,
        'like',
        comment && { likes_count, viewer: { ...comment.viewer, liked } },
      )
    },
    fail: (error) => {
      entities.settle('comments', comment_id, 'like')
      reportError(error)
    },
  })
}

type Tie = 'following' | 'muting' | 'blocking'

const ties = {
  following: ['follow', 'unfollow'],
  muting: ['mute', 'unmute'],
  blocking: ['block', 'unblock'],
} as const satisfies Record<Tie, unknown>

/** What a tie looks like before the server has answered. */
function withTie(user: UserEntity, tie: Tie, want: boolean): UserEntity {
  const viewer = { ...user.viewer }
  if (tie !== 'following') return { ...user, viewer: { ...viewer, [tie]: want } }
  const was = Boolean(viewer.following)
  const following = want && (was || !user.is_private)
  const requested = want && !following
  const step = Number(following) - Number(was)
  const followers_count = user.followers_count === undefined ? undefined : user.followers_count + step
  return { ...user, followers_count, viewer: { ...viewer, following, requested } }
}

/** Follow (or ask to), mute, block, and back. Answers the relationship that came of it, or undefined where it failed. */
export async function setTie(user_id: UserId, tie: Tie, want: boolean): Promise<Relationship | undefined> {
  const [set, unset] = ties[tie]
  const username = entities.get('users', user_id)?.username ?? ''
  let outcome: Relationship | undefined
  await toggles.request(`${tie}:${user_id}`, want, {
    apply: (wanted) => entities.overlay('users', user_id, tie, (user) => withTie(user, tie, wanted)),
    send: (wanted) => api.graph[wanted ? set : unset]({ params: { username } }),
    settle: (viewer) => {
      outcome = viewer
      const followers_count = entities.get('users', user_id)?.followers_count
      entities.settle('users', user_id, tie, {
        viewer,
        ...(followers_count === undefined ? {} : { followers_count }),
      })
    },
    fail: (error) => {
      entities.settle('users', user_id, tie)
      reportError(error)
    },
  })
  return outcome
}
