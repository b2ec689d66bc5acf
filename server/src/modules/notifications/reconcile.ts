import type { CommentId, PostId, Relationship, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { newId } from '../../kit/ids.ts'
import { type Claim, type Fact, factKey } from './facts.ts'
import * as store from './store.ts'

type PostLike = { post_id: PostId; user_id: UserId }
type CommentLike = PostLike & { comment_id: CommentId }

export interface ReconcileDeps {
  db: Db
  graph: {
    /** Absent: those who are gone, and those blocked either way. */
    relationshipsOf(
      pairs: readonly { from: UserId; to: UserId }[],
    ): Promise<Map<UserId, Map<UserId, Relationship>>>
  }
  posts: {
    authorOf(ids: readonly PostId[]): Promise<Map<PostId, UserId>>
    visible(viewerId: UserId, ids: readonly PostId[]): Promise<ReadonlyMap<PostId, unknown>>
    /** As it is now, past every cache. */
    mentioned(ids: readonly PostId[]): Promise<Map<PostId, UserId[]>>
  }
  engagement: {
    standingLikes(of: readonly PostLike[]): Promise<PostLike[]>
    standingCommentLikes(of: readonly CommentLike[]): Promise<CommentLike[]>
    standingComments(refs: readonly { post_id: PostId; comment_id: CommentId }[]): Promise<Set<CommentId>>
  }
}

/**
 * Makes notifications agree with the truth for the facts that events point at. An event is only a hint where to look: so
 * events may come twice, late or out of order, and a batch of them costs a few reads.
 */
export async function reconcile(deps: ReconcileDeps, claims: readonly Claim[]): Promise<Set<UserId>> {
  const begun = new Map<string, Claim>()
  const over = new Map<string, Claim>()
  for (const claim of claims) {
    const key = factKey(claim.fact)
    if (claim.stands) begun.set(key, claim)
    else over.set(key, claim)
  }
  const facts = [...new Map([...over, ...begun]).values()].map(({ fact }) => fact)
  const told = await toBeTold(deps, facts)
  const added = [...begun.values()].filter(({ fact }) => told.has(factKey(fact)))
  const removed = [...over.values()].filter(({ fact }) => !told.has(factKey(fact)))
  await store.addNotifications(
    deps.db.query,
    added.map(({ fact, at }) => ({
      ...fact,
      notification_id: newId({ now: () => at }),
      created_at: new Date(at),
    })),
  )
  await store.withdrawFacts(
    deps.db.query,
    removed.map(({ fact, at }) => ({ ...fact, at: new Date(at) })),
  )
  return new Set([...added.map(({ fact }) => fact.user_id), ...removed.map(({ fact }) => fact.user_id)])
}

/** The keys of those facts that are true, and that their member may see and wants to know of. */
async function toBeTold(deps: ReconcileDeps, facts: readonly Fact[]): Promise<Set<string>> {
  const [deeds, relationships, seen] = await Promise.all([
    standingDeeds(deps, facts),
    deps.graph.relationshipsOf(facts.map((fact) => ({ from: fact.user_id, to: fact.actor_id }))),
    seenPosts(deps, facts),
  ])
  const told = facts.filter((fact) => {
    const actor = relationships.get(fact.user_id)?.get(fact.actor_id)
    if (!actor || actor.muting) return false
    if (fact.type === 'follow') return actor.followed_by
    if (fact.type === 'follow_request') return actor.requested_by
    if (fact.type === 'follow_accepted') return actor.following
    return seen(fact) && deeds.has(factKey(fact))
  })
  return new Set(told.map(factKey))
}

/** Whether a fact's member sees the post it is about. Most are told of their own posts, which takes no look at whom they follow. */
async function seenPosts({ posts }: ReconcileDeps, facts: readonly Fact[]): Promise<(fact: Fact) => boolean> {
  const authors = await posts.authorOf([...new Set(facts.flatMap((fact) => fact.post_id ?? []))])
  const isOwn = (fact: Fact) => fact.post_id !== null && authors.get(fact.post_id) === fact.user_id
  const byRecipient = Map.groupBy(
    facts.filter((fact) => !isOwn(fact)),
    (fact) => fact.user_id,
  )
  const visible = await Promise.all(
    [...byRecipient].map(async ([userId, theirs]) => {
      const ids = [...new Set(theirs.flatMap((fact) => fact.post_id ?? []))]
      return [userId, ids.length > 0 ? await posts.visible(userId, ids) : undefined] as const
    }),
  )
  const others = new Map(visible)
  return (fact) =>
    isOwn(fact) || (fact.post_id !== null && (others.get(fact.user_id)?.has(fact.post_id) ?? false))
}

/** The likes, comments and mentions among the facts that were not taken back. */
async function standingDeeds(
  { engagement, posts }: ReconcileDeps,
  facts: readonly Fact[],
): Promise<Set<string>> {
  const of = (type: Fact['type']) => facts.filter((fact) => fact.type === type)
  const likes = of('like').flatMap(({ post_id, actor_id }) =>
    post_id ? [{ post_id, user_id: actor_id }] : [],
  )
  const commentLikes = of('comment_like').flatMap(({ post_id, comment_id, actor_id }) =>
    post_id && comment_id ? [{ post_id, comment_id, user_id: actor_id }] : [],
  )
  const comments = facts.flatMap(({ post_id, comment_id }) =>
    post_id && comment_id ? [{ post_id, comment_id }] : [],
  )
  const inCaptions = of('mention').flatMap(({ post_id, comment_id }) => (comment_id ? [] : (post_id ?? [])))
  const [liked, likedComments, written, mentioned] = await Promise.all([
    engagement.standingLikes(likes),
    engagement.standingCommentLikes(commentLikes),
    engagement.standingComments(comments),
    posts.mentioned([...new Set(inCaptions)]),
  ])
  const likeKeys = new Set(liked.map((like) => `${like.post_id} ${like.user_id}`))
  const commentLikeKeys = new Set(likedComments.map((like) => `${like.comment_id} ${like.user_id}`))
  const standing = facts.filter(({ type, user_id, post_id, comment_id, actor_id }) => {
    if (type === 'like') return likeKeys.has(`${post_id} ${actor_id}`)
    if (type === 'comment_like') return commentLikeKeys.has(`${comment_id} ${actor_id}`)
    if (comment_id !== null) return written.has(comment_id)
    return post_id !== null && (mentioned.get(post_id)?.includes(user_id) ?? false)
  })
  return new Set(standing.map(factKey))
}
