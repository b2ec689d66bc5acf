import { describe, expect, it } from 'vitest'
import { captionOf, idOf, personOf } from './people.ts'
import { type Edges, planOf } from './plan.ts'
import { Random, zipf } from './random.ts'
import { sizes } from './sizes.ts'

const now = Date.UTC(2026, 0, 1)
const plan = planOf(sizes.S, now)
const pairsOf = ({ from, to }: Edges) => Array.from(from, (member, i) => `${member} ${to[i]}`)

describe('the plan of a community', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(sizes.S, now)).toEqual(plan)
    expect(planOf({ ...sizes.S, seed: 'other' }, now).authors).not.toEqual(plan.authors)
  })

  it('has about as many follows as asked, each once and none of oneself', () => {
    const { from, to } = plan.follows
    const pairs = new Set(pairsOf(plan.follows))
    expect(pairs.size).toBe(from.length)
    expect(from.every((member, i) => member !== to[i])).toBe(true)
    expect(Math.abs(from.length / sizes.S.follows - 1)).toBeLessThan(0.1)
  })

  it('has authors with exactly the audiences asked, and some who are pulled', () => {
    const followers = new Map<number, number>()
    for (const member of plan.follows.to) followers.set(member, (followers.get(member) ?? 0) + 1)
    for (const [count, author] of plan.audiences) expect(followers.get(author)).toBe(count)
    const pulled = [...followers.values()].filter((count) => count > sizes.S.celebrityFollowers)
    expect(pulled.length).toBeGreaterThan(2)
    expect(pulled.length).toBeLessThan(30)
  })

  it('lets nobody block whom they follow', () => {
    const pairs = new Set(pairsOf(plan.follows))
    const blocked = [...plan.blocks.from.keys()].map((i) => [plan.blocks.from[i], plan.blocks.to[i]])
    expect(blocked.length).toBeGreaterThan(0)
    for (const [a, b] of blocked)
      expect([pairs.has(`${a} ${b}`), pairs.has(`${b} ${a}`)]).toEqual([false, false])
  })

  it('has posts in the order of time, no two at one instant, none in the future', () => {
    expect(plan.times.every((at, i) => i === 0 || at > (plan.times[i - 1] as number))).toBe(true)
    expect(plan.times.at(-1)).toBeLessThan(now)
  })
})

describe('what follows from a number', () => {
  it('is a UUIDv7 of the instant, another for every name', () => {
    const id = idOf('post', 7, now)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now)
    expect(idOf('post', 8, now)).not.toBe(id)
    expect(idOf('user', 7, now)).not.toBe(id)
  })

  it('is a person and a caption of their own', () => {
    const numbers = Array.from({ length: 5000 }, (_, n) => n)
    expect(new Set(numbers.map((n) => personOf(n).username)).size).toBe(5000)
    expect(new Set(numbers.map(captionOf)).size).toBe(5000)
  })
})

describe('Zipf’s law', () => {
  it('gives the second rank about half of what the first has', () => {
    const [law, random] = [zipf(100, 1), new Random('zipf')]
    const drawn = new Float64Array(100)
    for (let i = 0; i < 200_000; i++) {
      const rank = law.draw(random)
      drawn[rank] = (drawn[rank] ?? 0) + 1
    }
    expect((drawn[1] as number) / (drawn[0] as number)).toBeCloseTo(0.5, 1)
    expect((drawn[9] as number) / (drawn[0] as number)).toBeCloseTo(0.1, 1)
  })
})
