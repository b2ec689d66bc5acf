import type { CommentId, PostId, UserId, UserListEntry } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { newId } from '../../kit/ids.ts'
import { type Claim, type Fact, factKey } from './facts.ts'
import * as store from './store.ts'

type PostLike = { post_id: PostId; user_id: UserId }
type CommentLike = PostLike & { comment_id: CommentId }

export interface ReconcileDeps {
  db: Db
  graph: {
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
  posts: { visible(viewerId: UserId, ids: readonly PostId[]): Promise<ReadonlyMap<PostId, unknown>> }
  engagement: {
    standingLikes(of: readonly PostLike[]): Promise<PostLike[]>
    standingCommentLikes(of: readonly CommentLike[]): Promise<CommentLike[]>
    commentTexts(
      refs: readonly { post_id: PostId; comment_id: CommentId }[],
    ): Promise<ReadonlyMap<CommentId, unknown>>
  }
}

/**
 * Makes notifications agree with the truth for the facts that events point at. An event is only a hint where to look: so
 * events may come twice, late or out of order, and a batch of them costs a few reads.
 */
export async function reconcile(deps: ReconcileDeps, claims: readonly Claim[]): Promise<Set<UserId>> {
  const begun = new Map<string, Claim>()
  const over = new Map<string, Fact>()
  for (const claim of claims) {
    const key = factKey(claim.fact)
    if (claim.stands) begun.set(key, claim)
    else over.set(key, claim.fact)
  }
  const facts = [...new Map([...over, ...[...begun].map(([key, { fact }]) => [key, fact] as const)]).values()]
  const told = await toBeTold(deps, facts)
  const added = [...begun.values()].filter(({ fact }) => told.has(factKey(fact)))
  const removed = [...over.values()].filter((fact) => !told.has(factKey(fact)))
  await store.addNotifications(
    deps.db.query,
    added.map(({ fact, at }) => ({
      ...fact,
      notification_id: newId({ now: () => at }),
      created_at: new Date(at),
    })),
  )
  await store.removeFacts(deps.db.query, removed)
  return new Set([...added.map(({ fact }) => fact.user_id), ...removed.map((fact) => fact.user_id)])
}

/** The keys of those facts that are true, and that their member may see and wants to know of. */
async function toBeTold(deps: ReconcileDeps, facts: readonly Fact[]): Promise<Set<string>> {
  const [deeds, seen] = await Promise.all([standingDeeds(deps, facts), whatIsSeen(deps, facts)])
  const told = facts.filter((fact) => {
    const actor = seen.actors(fact)?.viewer
    if (!actor || actor.muting) return false
    if (fact.type === 'follow') return actor.followed_by
    if (fact.type === 'follow_request') return actor.requested_by
    if (fact.type === 'follow_accepted') return actor.following
    return seen.post(fact) && deeds.has(factKey(fact))
  })
  return new Set(told.map(factKey))
}

/** By recipient: whom of the actors and which of the posts they see. */
async function whatIsSeen({ graph, posts }: ReconcileDeps, facts: readonly Fact[]) {
  const byRecipient = Map.groupBy(facts, (fact) => fact.user_id)
  const views = await Promise.all(
    [...byRecipient].map(async ([userId, theirs]) => {
      const actorIds = [...new Set(theirs.map((fact) => fact.actor_id))]
      const postIds = [...new Set(theirs.flatMap((fact) => fact.post_id ?? []))]
      const view = await Promise.all([
        graph.listEntries(userId, actorIds),
        postIds.length > 0 ? posts.visible(userId, postIds) : undefined,
      ])
      return [userId, view] as const
    }),
  )
  const seen = new Map(views)
  return {
    actors: (fact: Fact) => seen.get(fact.user_id)?.[0].get(fact.actor_id),
    post: (fact: Fact) => fact.post_id !== null && (seen.get(fact.user_id)?.[1]?.has(fact.post_id) ?? false),
  }
}

/** The likes and comments among the facts that were not taken back. */
async function standingDeeds({ engagement }: ReconcileDeps, facts: readonly Fact[]): Promise<Set<string>> {
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
  const [liked, likedComments, written] = await Promise.all([
    engagement.standingLikes(likes),
    engagement.standingCommentLikes(commentLikes),
    engagement.commentTexts(comments),
  ])
  const likeKeys = new Set(liked.map((like) => `${like.post_id} ${like.user_id}`))
  const commentLikeKeys = new Set(likedComments.map((like) => `${like.comment_id} ${like.user_id}`))
  const standing = facts.filter(({ type, post_id, comment_id, actor_id }) => {
    if (type === 'like') return likeKeys.has(`${post_id} ${actor_id}`)
    if (type === 'comment_like') return commentLikeKeys.has(`${comment_id} ${actor_id}`)
    // A mention in a caption stands with its post.
    return comment_id === null || written.has(comment_id)
  })
  return new Set(standing.map(factKey))
}
