import type { Events, NotificationType, UserId } from '@tintype/contract'
import { begins, ends, type Fact, factOf, type Notices } from '../notice.ts'
import type { EngagementService } from './service.ts'

const likeOf = (e: Events['post.liked']) => factOf('like', e.author_id, e.user_id, e.post_id)
const commentLikeOf = (e: Events['comment.liked']) =>
  factOf('comment_like', e.comment_user_id, e.user_id, e.post_id, e.comment_id)

/** Each is told once, of what concerns them most: an answer before a comment on their post before a mention. */
function toldOf(e: Events['comment.created']): Fact[] {
  const told = new Map<UserId, NotificationType>()
  for (const id of e.mentioned_ids) told.set(id, 'mention')
  told.set(e.author_id, 'comment')
  if (e.parent_user_id) told.set(e.parent_user_id, 'reply')
  return [...told].map(([id, type]) => factOf(type, id, e.user_id, e.post_id, e.comment_id))
}

type Standing = Pick<EngagementService, 'standingLikes' | 'standingCommentLikes' | 'standingComments'>

/** Likes, comments, answers, and mentions in comments. */
export const engagementNotices = (engagement: Standing): Notices => ({
  on: {
    'post.liked': (e) => begins(likeOf(e)),
    'post.unliked': (e) => ends(likeOf(e)),
    'comment.created': (e) => begins(...toldOf(e)),
    'comment.liked': (e) => begins(commentLikeOf(e)),
    'comment.unliked': (e) => ends(commentLikeOf(e)),
  },
  async standing(facts) {
    const likes = facts.flatMap(({ type, post_id, actor_id }) =>
      type === 'like' && post_id ? [{ post_id, user_id: actor_id }] : [],
    )
    const commentLikes = facts.flatMap(({ type, post_id, comment_id, actor_id }) =>
      type === 'comment_like' && post_id && comment_id ? [{ post_id, comment_id, user_id: actor_id }] : [],
    )
    const comments = facts.flatMap(({ post_id, comment_id }) =>
      post_id && comment_id ? [{ post_id, comment_id }] : [],
    )
    const [liked, likedComments, written] = await Promise.all([
      engagement.standingLikes(likes),
      engagement.standingCommentLikes(commentLikes),
      engagement.standingComments(comments),
    ])
    const likeKeys = new Set(liked.map((like) => `${like.post_id} ${like.user_id}`))
    const commentLikeKeys = new Set(likedComments.map((like) => `${like.comment_id} ${like.user_id}`))
    return facts.filter(({ type, post_id, comment_id, actor_id }) => {
      if (type === 'like') return likeKeys.has(`${post_id} ${actor_id}`)
      if (type === 'comment_like') return commentLikeKeys.has(`${comment_id} ${actor_id}`)
      return comment_id !== null && written.has(comment_id)
    })
  },
})
