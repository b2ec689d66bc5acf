import {
  type CommentId,
  commentSubject,
  type Events,
  type NotificationType,
  type PostId,
  postSubject,
  type UserId,
} from '@tintype/contract'
import { begins, ends, type Fact, factOf, type Notices, whoDid } from '../notice.ts'
import type { EngagementService } from './service.ts'
import { t } from './texts.ts'

const likeOf = (e: Events['post.liked']) => factOf('like', e.author_id, e.user_id, postSubject(e.post_id))
const commentLikeOf = (e: Events['comment.liked']) =>
  factOf('comment_like', e.comment_user_id, e.user_id, commentSubject(e.post_id, e.comment_id))

const engagementPushes: Notices['pushes'] = {
  like: {
    kind: 'like',
    body: (about) =>
      about.things > 1
        ? t('like.many', { who: whoDid(about), count: about.things })
        : t('like.one', { who: whoDid(about) }),
  },
  comment: {
    kind: 'comment',
    body: (about) =>
      about.others > 0
        ? t('comment.many', { who: whoDid(about), text: about.excerpt })
        : t('comment.one', { actor: about.actor, text: about.excerpt }),
  },
  reply: { kind: 'comment', body: ({ actor, excerpt: text }) => t('reply', { actor, text }) },
  comment_like: {
    kind: 'like',
    body: (about) =>
      about.things > 1
        ? t('commentLike.many', { who: whoDid(about), count: about.things })
        : t('commentLike.one', { who: whoDid(about), text: about.excerpt }),
  },
  'mention comment': { kind: 'mention', body: ({ actor, excerpt: text }) => t('mention', { actor, text }) },
}

/** Each is told once, of what concerns them most: an answer before a comment on their post before a mention. */
function recipientsOf(e: Events['comment.created']): Fact[] {
  const due = new Map<UserId, NotificationType>()
  for (const id of e.mentioned_ids) due.set(id, 'mention')
  due.set(e.author_id, 'comment')
  if (e.parent_user_id) due.set(e.parent_user_id, 'reply')
  const subject = commentSubject(e.post_id, e.comment_id)
  return [...due].map(([id, type]) => factOf(type, id, e.user_id, subject))
}

type Existing = Pick<EngagementService, 'existingLikes' | 'existingCommentLikes' | 'existingComments'>

/** Likes, comments, answers, and mentions in comments. */
export const engagementNotices = (engagement: Existing): Notices => ({
  on: {
    'post.liked': (e) => begins(likeOf(e)),
    'post.unliked': (e) => ends(likeOf(e)),
    'comment.created': (e) => begins(...recipientsOf(e)),
    'comment.liked': (e) => begins(commentLikeOf(e)),
    'comment.unliked': (e) => ends(commentLikeOf(e)),
  },
  ofOthers: ['mention', 'reply', 'comment_like'],
  pushes: engagementPushes,
  async stillTrue(facts) {
    const likes = facts.flatMap(({ type, subject, actor_id }) =>
      type === 'like' ? [{ post_id: subject.id as PostId, user_id: actor_id }] : [],
    )
    const about = facts.filter(({ subject }) => subject.kind === 'comment')
    const comments = about.map(({ subject: { id, partition } }) => {
      return { post_id: partition as PostId, comment_id: id as CommentId }
    })
    const commentLikes = about.flatMap(({ type, actor_id }, at) =>
      type === 'comment_like' && comments[at] ? [{ ...comments[at], user_id: actor_id }] : [],
    )
    const [liked, likedComments, written] = await Promise.all([
      engagement.existingLikes(likes),
      engagement.existingCommentLikes(commentLikes),
      engagement.existingComments(comments),
    ])
    const likeKeys = new Set(liked.map((like) => `${like.post_id} ${like.user_id}`))
    const commentLikeKeys = new Set(likedComments.map((like) => `${like.comment_id} ${like.user_id}`))
    return facts.filter(({ type, subject, actor_id }) => {
      if (type === 'like') return likeKeys.has(`${subject.id} ${actor_id}`)
      if (type === 'comment_like') return commentLikeKeys.has(`${subject.id} ${actor_id}`)
      return subject.kind === 'comment' && written.has(subject.id as CommentId)
    })
  },
})
