/** What ranking looks at. `affinity` is 0…1, `ageSeconds` since the post was made. */
export interface Signals {
  likes: number
  comments: number
  shares: number
  ageSeconds: number
  affinity: number
}

const HOUR = 3600
/** After the first hour recency halves every so many seconds. */
export const RECENCY_HALF_LIFE = 12 * HOUR

/** 1 under an hour, then exponential decay. */
export const recency = (ageSeconds: number): number =>
  ageSeconds < HOUR ? 1 : 2 ** (-(ageSeconds - HOUR) / RECENCY_HALF_LIFE)

/** How much each part counts for a member, in hundredths. */
export interface Weights {
  popularity: number
  affinity: number
  recency: number
}
/** What each part counts for who has changed nothing. */
export const USUAL: Weights = Object.freeze({ popularity: 100, affinity: 100, recency: 100 })

/** What a post's score is the sum of. */
export const pointsOf = (post: Signals, weights: Weights = USUAL): Weights => ({
  popularity: (weights.popularity / 100) * (post.likes + 2 * post.comments + 3 * post.shares),
  affinity: (weights.affinity / 100) * 5 * post.affinity,
  recency: (weights.recency / 100) * 10 * recency(post.ageSeconds),
})

/** 1·likes + 2·comments + 3·shares + 10·recency + 5·affinity, where the member has moved no weight. */
export function score(post: Signals, weights: Weights = USUAL): number {
  const { popularity, affinity, recency } = pointsOf(post, weights)
  return popularity + affinity + recency
}

/** Highest score first; equal scores newest (highest id) first, so that the order is one whatever the input's was. */
export function rank<T extends { post_id: string; signals: Signals }>(
  posts: readonly T[],
  weights: Weights = USUAL,
): T[] {
  const scored = posts.map((post) => ({ post, score: score(post.signals, weights) }))
  scored.sort((a, b) => b.score - a.score || (a.post.post_id < b.post.post_id ? 1 : -1))
  return scored.map(({ post }) => post)
}

/** A pair's history of interactions (weighted: like 1, comment 2, save 2) as an affinity, saturating towards 1. */
export const affinityOf = (weight: number): number => weight / (weight + 5)
