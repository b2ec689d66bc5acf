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

/** DESIGN §6: 1·likes + 2·comments + 3·shares + 10·recency + 5·affinity. */
export const score = (post: Signals): number =>
  post.likes + 2 * post.comments + 3 * post.shares + 10 * recency(post.ageSeconds) + 5 * post.affinity

/** Highest score first; equal scores newest (highest id) first, so that the order is one whatever the input's was. */
export function rank<T extends { post_id: string; signals: Signals }>(posts: readonly T[]): T[] {
  const scored = posts.map((post) => ({ post, score: score(post.signals) }))
  scored.sort((a, b) => b.score - a.score || (a.post.post_id < b.post.post_id ? 1 : -1))
  return scored.map(({ post }) => post)
}

/** A pair's history of interactions (weighted: like 1, comment 2, save 2) as an affinity, saturating towards 1. */
export const affinityOf = (weight: number): number => weight / (weight + 5)
