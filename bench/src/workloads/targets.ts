import { personOf } from '../dataset/people.ts'
import type { Plan } from '../dataset/plan.ts'
import { Random, Weighted } from '../dataset/random.ts'
import { postIdOf } from '../dataset/rows.ts'
import type { Viewer } from './viewers.ts'

/** Somebody else's post or profile that this member may see. */
export interface Target {
  viewer: Viewer
  post_id: string
  /** Of the post. */
  author: string
}

/**
 * Draws who looks at what: members by chance, posts by Zipf's law with the newest first, as what is new is looked at most. Of
 * public authors and without blocks, so that every answer is a page.
 */
export class Targets {
  readonly #plan: Plan
  readonly #viewers: readonly Viewer[]
  readonly #random: Random
  readonly #popularity: Weighted
  readonly #isBlocked: ReadonlySet<number>

  constructor(plan: Plan, viewers: readonly Viewer[], seed: string) {
    this.#plan = plan
    this.#viewers = viewers
    this.#random = new Random(`${plan.size.seed}/${seed}`)
    const reach = Math.min(plan.size.posts, 200_000)
    this.#popularity = new Weighted(Float64Array.from({ length: reach }, (_, rank) => (rank + 10) ** -0.8))
    const { from, to } = plan.blocks
    this.#isBlocked = new Set([...from, ...to])
  }

  some(count: number): Target[] {
    return Array.from({ length: count }, () => this.#draw())
  }

  #draw(): Target {
    const { authors, isPrivate, size } = this.#plan
    while (true) {
      const post = size.posts - 1 - this.#popularity.draw(this.#random)
      const author = authors[post] as number
      const viewer = this.#viewers[this.#random.below(this.#viewers.length)]
      if (!viewer || viewer.number === author || isPrivate[author] === 1 || this.#isBlocked.has(author))
        continue
      return { viewer, post_id: postIdOf(this.#plan, post), author: personOf(author).username }
    }
  }

  /** Members who do not follow each other yet, each pair once. */
  strangers(count: number): { viewer: Viewer; username: string }[] {
    const { follows, isPrivate, size } = this.#plan
    const known = new Set<string>()
    const asking = new Set(this.#viewers.map((viewer) => viewer.number))
    for (let i = 0; i < follows.from.length; i++)
      if (asking.has(follows.from[i] as number)) known.add(`${follows.from[i]} ${follows.to[i]}`)
    const pairs: { viewer: Viewer; username: string }[] = []
    for (let tries = 0; pairs.length < count && tries < 20 * count; tries++) {
      const viewer = this.#viewers[this.#random.below(this.#viewers.length)] as Viewer
      const other = this.#random.below(size.members)
      const pair = `${viewer.number} ${other}`
      if (other === viewer.number || isPrivate[other] === 1 || this.#isBlocked.has(other) || known.has(pair))
        continue
      known.add(pair)
      pairs.push({ viewer, username: personOf(other).username })
    }
    return pairs
  }
}
