import type { PostId, Relationship, StoryId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { newId } from '../../kit/ids.ts'
import type { Fact, Notices } from '../notice.ts'
import { type DatedClaim, factKey } from './facts.ts'
import * as store from './store.ts'

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
  }
  stories: {
    visible(viewerId: UserId, ids: readonly StoryId[]): Promise<ReadonlyMap<StoryId, unknown>>
  }
  /** Of every module that tells members of something. */
  notices: readonly Notices[]
}

/**
 * Makes notifications agree with the truth for the facts that events point at. An event is only a hint where to look: so
 * events may come twice, late or out of order, and a batch of them costs a few reads.
 */
export async function reconcile(deps: ReconcileDeps, claims: readonly DatedClaim[]): Promise<Set<UserId>> {
  const begun = new Map<string, DatedClaim>()
  const over = new Map<string, DatedClaim>()
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
  const [standing, relationships, seen, seenStory] = await Promise.all([
    Promise.all(deps.notices.map((notices) => notices.standing(facts))),
    deps.graph.relationshipsOf(facts.map((fact) => ({ from: fact.user_id, to: fact.actor_id }))),
    seenPosts(deps, facts),
    seenStories(deps, facts),
  ])
  const told = standing.flat().filter((fact) => {
    const actor = relationships.get(fact.user_id)?.get(fact.actor_id)
    const isSeen = (fact.post_id === null || seen(fact)) && (fact.story_id === null || seenStory(fact))
    return actor && !actor.muting && isSeen
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

/** The same of stories, which are few. */
async function seenStories(
  { stories }: ReconcileDeps,
  facts: readonly Fact[],
): Promise<(fact: Fact) => boolean> {
  const about = facts.filter((fact) => fact.story_id !== null)
  const visible = await Promise.all(
    [...Map.groupBy(about, (fact) => fact.user_id)].map(async ([userId, theirs]) => {
      const ids = [...new Set(theirs.flatMap((fact) => fact.story_id ?? []))]
      return [userId, await stories.visible(userId, ids)] as const
    }),
  )
  const byRecipient = new Map(visible)
  return ({ user_id, story_id }) => story_id !== null && (byRecipient.get(user_id)?.has(story_id) ?? false)
}
