import { likeness } from '@tintype/server/modules/explore/decay'
import { Random } from '../dataset/random.ts'

/** Whether what goes together finds what a member likes next, on communities with interests that are generated, beside what is popular. */
export interface Quality {
  /** Of members, for whom the like that was held back is among the twenty named. */
  hitRate: number
  /** Of posts, those that are named to anybody. */
  coverage: number
}

const MEMBERS = 3000
const POSTS = 6000
const INTERESTS = 30
/** Each member has so many interests and likes, of which so many are not of their interests. */
const OWN = 2
const LIKES = 30
const STRAY = 0.2
const NAMED = 20
/** As explore counts and asks; see its tastes.ts and candidates.ts. */
const PAIRED = 10
const SEEDS = 30
const PER_SEED = 40

interface Community {
  /** By member, in the order in which they liked; the last is held back. */
  likes: number[][]
}

export function qualities(seed: string): { together: Quality; popular: Quality } {
  const { likes } = generate(new Random(seed))
  const known = likes.map((all) => all.slice(0, -1))
  const counts = new Float64Array(POSTS)
  for (const post of known.flat()) counts[post] = (counts[post] ?? 0) + 1
  const byFame = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
  const near = nearest(pairsOf(known))
  return {
    together: measure(likes, (own) => closest(own, near, counts)),
    popular: measure(likes, (own) => byFame.filter((post) => !own.has(post)).slice(0, NAMED)),
  }
}

function generate(random: Random): Community {
  const skewed = (below: number) => Math.floor(below * random.unit() ** 2.5)
  const likes = Array.from({ length: MEMBERS }, () => {
    const interests = Array.from({ length: OWN }, () => random.below(INTERESTS))
    const liked = new Set<number>()
    while (liked.size < LIKES) {
      const interest =
        random.unit() < STRAY ? random.below(INTERESTS) : (interests[random.below(OWN)] as number)
      liked.add(skewed(POSTS / INTERESTS) * INTERESTS + interest)
    }
    return [...liked]
  })
  return { likes }
}

function pairsOf(known: readonly number[][]): Map<number, Map<number, number>> {
  const pairs = new Map<number, Map<number, number>>()
  const count = (one: number, other: number) => {
    const row = pairs.get(one) ?? new Map<number, number>()
    pairs.set(one, row.set(other, (row.get(other) ?? 0) + 1))
  }
  for (const own of known)
    for (const [at, post] of own.entries())
      for (const earlier of own.slice(Math.max(0, at - PAIRED), at)) {
        count(post, earlier)
        count(earlier, post)
      }
  return pairs
}

type Near = ReadonlyMap<number, readonly (readonly [post: number, together: number])[]>

const nearest = (pairs: ReadonlyMap<number, ReadonlyMap<number, number>>): Near =>
  new Map(
    [...pairs].map(([post, row]) => [post, [...row].sort((a, b) => b[1] - a[1]).slice(0, PER_SEED)] as const),
  )

function closest(own: ReadonlySet<number>, near: Near, counts: Float64Array): number[] {
  const scores = new Map<number, number>()
  for (const seed of [...own].slice(-SEEDS)) {
    for (const [post, together] of near.get(seed) ?? []) {
      if (own.has(post)) continue
      const like = likeness(together, counts[seed] ?? 0, counts[post] ?? 0)
      scores.set(post, (scores.get(post) ?? 0) + like)
    }
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED)
    .map(([post]) => post)
}

function measure(likes: readonly number[][], name: (own: ReadonlySet<number>) => number[]): Quality {
  let hits = 0
  const named = new Set<number>()
  for (const all of likes) {
    const next = all.at(-1) as number
    const posts = name(new Set(all.slice(0, -1)))
    if (posts.includes(next)) hits++
    for (const post of posts) named.add(post)
  }
  return { hitRate: hits / likes.length, coverage: named.size / POSTS }
}
