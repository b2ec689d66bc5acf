import { Random, zipf } from './random.ts'
import type { Size } from './sizes.ts'

/** Why somebody is of interest to a workload. */
export type Kind = 'ordinary' | 'dense' | 'sparse'

export interface Edges {
  from: Uint32Array
  to: Uint32Array
}

/** Who is there, who follows whom and who posted what; members and posts are numbers, and posts are in the order of time. */
export interface Plan {
  size: Size
  /** Milliseconds; everything happened before. */
  now: number
  isPrivate: Uint8Array
  isActive: Uint8Array
  kinds: Kind[]
  follows: Edges
  blocks: Edges
  mutes: Edges
  authors: Uint32Array
  times: Float64Array
  /** Members by the number of followers asked of `size.audiences`. */
  audiences: Map<number, number>
}

const DAY = 86_400_000
/** How far back posts go. */
const SPAN = 90 * DAY
const PRIVATE = 0.1
const INACTIVE = 0.15
const DENSE = 0.001
const SPARSE = 0.05

/** The whole community from its seed. `follows` (say, of a public edge list) takes the place of the graph drawn here. */
export function planOf(size: Size, now: number, follows?: Edges): Plan {
  const random = new Random(size.seed)
  const { members } = size
  const isPrivate = flags(random, members, PRIVATE)
  const isActive = flags(random, members, 1 - INACTIVE)
  const kinds = Array.from({ length: members }, (): Kind => {
    const chance = random.unit()
    return chance < DENSE ? 'dense' : chance < DENSE + SPARSE ? 'sparse' : 'ordinary'
  })
  // The first is who everybody follows, and the last are the audiences' authors: neither is hidden or away.
  kinds[members >> 1] = 'dense'
  const audiences = new Map(size.audiences.map((count, i) => [count, members - 1 - i]))
  for (const member of [0, members >> 1, ...audiences.values()]) {
    isPrivate[member] = 0
    isActive[member] = 1
  }
  const drawn = follows ?? drawFollows(size, random, kinds, audiences)
  const posts = drawPosts(size, random, now)
  const { blocks, mutes } = drawTroubles(members, drawn, random)
  return { size, now, isPrivate, isActive, kinds, follows: drawn, blocks, mutes, ...posts, audiences }
}

const flags = (random: Random, count: number, odds: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => (random.unit() < odds ? 1 : 0))

/** Followers by Zipf's law over the members' numbers, followed by a long-tailed count; each pair once. */
function drawFollows(size: Size, random: Random, kinds: Kind[], audiences: Map<number, number>): Edges {
  const { members, follows, denseFollows } = size
  const ordinary = members - audiences.size
  const popularity = zipf(ordinary, 0.8)
  const mean = follows / members
  const from: number[] = []
  const to: number[] = []
  for (let member = 0; member < members; member++) {
    const kind = kinds[member] as Kind
    const wanted =
      kind === 'dense' ? denseFollows : kind === 'sparse' ? 1 + random.below(8) : random.logNormal(mean, 0.8)
    const count = Math.max(3, Math.min(Math.round(wanted), denseFollows, ordinary >> 1))
    const chosen = new Set<number>()
    while (chosen.size < count) {
      // Sparse members follow whom hardly anybody follows and who hardly ever post: the upper half of the numbers.
      const other =
        kind === 'sparse' ? (ordinary >> 1) + random.below(ordinary >> 1) : popularity.draw(random)
      if (other !== member) chosen.add(other)
    }
    for (const other of chosen) {
      from.push(member)
      to.push(other)
    }
  }
  for (const [count, author] of audiences)
    for (const follower of someOf(Math.min(count, members - 1), members - 1, random)) {
      from.push(follower < author ? follower : follower + 1)
      to.push(author)
    }
  return { from: Uint32Array.from(from), to: Uint32Array.from(to) }
}

/** `count` different numbers below `below`, spread evenly. */
function* someOf(count: number, below: number, random: Random): Iterable<number> {
  const start = random.unit()
  for (let i = 0; i < count; i++) yield Math.floor(((i + start) * below) / count)
}

/** Some post all the time and most hardly ever, apart from who is followed; more of it happened lately. */
function drawPosts(size: Size, random: Random, now: number): Pick<Plan, 'authors' | 'times'> {
  const { members, posts } = size
  const half = members >> 1
  const busy = random.shuffle(Uint32Array.from({ length: half }, (_, i) => i))
  const quiet = random.shuffle(Uint32Array.from({ length: members - half }, (_, i) => half + i))
  const byActivity = [...busy, ...quiet]
  const activity = zipf(members, 0.5)
  const times = Float64Array.from({ length: posts }, () =>
    Math.floor(now - 60_000 - SPAN * random.unit() ** 1.5),
  )
  times.sort()
  // No two in one millisecond: their order is their ids'.
  for (let i = 1; i < posts; i++) times[i] = Math.max(times[i] as number, (times[i - 1] as number) + 1)
  const authors = Uint32Array.from({ length: posts }, () => byActivity[activity.draw(random)] as number)
  return { authors, times }
}

/** A few who block or mute; nobody blocks whom they follow or who follows them. */
function drawTroubles(members: number, follows: Edges, random: Random): { blocks: Edges; mutes: Edges } {
  const known = new Set<number>()
  for (let i = 0; i < follows.from.length; i++) {
    const [a, b] = [follows.from[i] as number, follows.to[i] as number]
    if ((a + b) % 16 === 0) known.add(pairOf(a, b, members)).add(pairOf(b, a, members))
  }
  const blocks = new Set<number>()
  while (blocks.size < members / 25) {
    const a = random.below(members)
    const b = random.below(members)
    const pair = pairOf(a, b, members)
    // Of one class only, so that a sixteenth of the follows is all that has to be known.
    if (a !== b && (a + b) % 16 === 0 && !known.has(pair)) blocks.add(pair)
  }
  const mutes = new Set<number>()
  while (mutes.size < members / 50) {
    const edge = random.below(follows.from.length)
    mutes.add(pairOf(follows.from[edge] as number, follows.to[edge] as number, members))
  }
  return { blocks: edgesOf(blocks, members), mutes: edgesOf(mutes, members) }
}

const pairOf = (from: number, to: number, members: number): number => from * members + to
const edgesOf = (pairs: Set<number>, members: number): Edges => ({
  from: Uint32Array.from(pairs, (pair) => Math.floor(pair / members)),
  to: Uint32Array.from(pairs, (pair) => pair % members),
})
