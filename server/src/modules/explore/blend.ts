import type { PostId, UserId } from '@tintype/contract'
import { chanceOf } from '../../kit/chance.ts'

/** Why a candidate is one, in few words, as it is kept with the window. */
export interface Reason {
  kind: 'liked_by' | 'followed_by' | 'similar' | 'trending' | 'hashtag' | 'place' | 'new' | 'again'
  /** Members it is about, and how many they are in all. */
  ids?: UserId[]
  count?: number
  /** A hashtag or a place. */
  text?: string
  /** A post that the viewer liked. */
  post_id?: PostId
}

export interface Candidate {
  post_id: PostId
  author_id: UserId
  reason: Reason
}

/** Candidates of one kind, best first; `weight` is how much its word counts among the others'. */
export interface Source {
  weight: number
  candidates: readonly Candidate[]
}

/** Posts on a screen, in which no author stands twice. */
export const SCREEN = 24

/**
 * Reciprocal rank fusion (Cormack, Clarke, Büttcher, 2009): sources' scores need not be of one measure, as ranks alone count, and what
 * several name rises. A larger constant makes the first ranks differ less.
 */
const RANK_CONSTANT = 20
/** Visits differ, and what is only nearly best is seen too. */
const CHANCE = 0.25

interface Blending {
  sources: readonly Source[]
  seed: string
  /** At most so many. */
  size: number
  /** Authors of what stands before it, last one last. */
  before?: readonly UserId[]
  /** By how much of its score chance moves a post up. */
  chance?: number | undefined
}

/**
 * One order of all sources' candidates: each once, by what the sources together say, with the reason of the source that says most.
 * The same seed gives the same order.
 */
export function blend({ sources, seed, size, before = [], chance = CHANCE }: Blending): Candidate[] {
  const merged = new Map<PostId, { candidate: Candidate; score: number; most: number }>()
  for (const { weight, candidates } of sources) {
    const named = new Set<PostId>()
    for (const candidate of candidates) {
      const { post_id } = candidate
      if (named.has(post_id)) continue
      const says = weight / (RANK_CONSTANT + named.size)
      named.add(post_id)
      const known = merged.get(post_id)
      if (!known) merged.set(post_id, { candidate, score: says, most: says })
      else {
        known.score += says
        if (says > known.most) Object.assign(known, { candidate, most: says })
      }
    }
  }
  const scored = [...merged.values()].map(({ candidate, score }) => ({
    candidate,
    score: score * (1 + chance * chanceOf(seed, candidate.post_id)),
  }))
  scored.sort((a, b) => b.score - a.score || (a.candidate.post_id < b.candidate.post_id ? 1 : -1))
  return spread(
    scored.map(({ candidate }) => candidate),
    size,
    before,
  )
}

/**
 * In the order given, but no author twice within a screen while there is another; where there is none, the one whose last post stands
 * furthest back.
 */
export function spread<T extends { author_id: UserId }>(
  candidates: readonly T[],
  size: number,
  before: readonly UserId[] = [],
): T[] {
  const waiting = new Map<UserId, T[]>()
  for (const candidate of candidates) {
    const own = waiting.get(candidate.author_id)
    if (own) own.push(candidate)
    else waiting.set(candidate.author_id, [candidate])
  }
  const rank = new Map(candidates.map((candidate, at) => [candidate, at]))
  /** At which place each author may come again; authors who may come now are in `free`, by their best candidate. */
  const last = new Map(before.map((author, at) => [author, at - before.length]))
  const spreadOut: T[] = []
  while (spreadOut.length < size && waiting.size > 0) {
    const author = nextAuthor(waiting, last, { at: spreadOut.length, rank })
    const own = waiting.get(author) ?? []
    const [next] = own.splice(0, 1)
    if (own.length === 0) waiting.delete(author)
    if (!next) continue
    last.set(author, spreadOut.length)
    spreadOut.push(next)
  }
  return spreadOut
}

function nextAuthor<T>(
  waiting: ReadonlyMap<UserId, readonly T[]>,
  last: ReadonlyMap<UserId, number>,
  { at, rank }: { at: number; rank: ReadonlyMap<T, number> },
): UserId {
  let best: UserId | undefined
  let bestKey = Number.POSITIVE_INFINITY
  for (const [author, [first]] of waiting) {
    const stood = last.get(author) ?? Number.NEGATIVE_INFINITY
    // Whoever may come: by rank, below zero. Whoever may not: by how long ago, above it.
    const isFree = at - stood >= SCREEN
    const key = isFree ? (rank.get(first as T) ?? 0) - 1e9 : stood + 1e9
    if (key < bestKey) [best, bestKey] = [author, key]
  }
  return best as UserId
}
