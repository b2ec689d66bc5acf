import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affinityOf, RECENCY_HALF_LIFE, rank, recency, type Signals, score } from './ranking.ts'

const signals = fc.record<Signals>({
  likes: fc.nat(10_000),
  comments: fc.nat(1000),
  shares: fc.nat(100),
  ageSeconds: fc.nat(90 * 86_400),
  affinity: fc.double({ min: 0, max: 1, noNaN: true }),
})
const candidates = fc
  .uniqueArray(fc.uuid({ version: 7 }), { maxLength: 60 })
  .chain((ids) => fc.tuple(...ids.map((post_id) => fc.record({ post_id: fc.constant(post_id), signals }))))
const none: Signals = { likes: 0, comments: 0, shares: 0, ageSeconds: 365 * 86_400, affinity: 0 }

describe('score', () => {
  test('weighs as the design says', () => {
    const nothing = score(none)
    expect(score({ ...none, likes: 1 }) - nothing).toBeCloseTo(1)
    expect(score({ ...none, comments: 1 }) - nothing).toBeCloseTo(2)
    expect(score({ ...none, shares: 1 }) - nothing).toBeCloseTo(3)
    expect(score({ ...none, affinity: 1 }) - nothing).toBeCloseTo(5)
    expect(score({ ...none, ageSeconds: 0 }) - nothing).toBeCloseTo(10)
  })

  test('recency is 1 within the first hour, then halves with each half-life', () => {
    expect(recency(3599)).toBe(1)
    expect(recency(3600)).toBe(1)
    expect(recency(3600 + RECENCY_HALF_LIFE)).toBeCloseTo(0.5)
    expect(recency(3600 + 3 * RECENCY_HALF_LIFE)).toBeCloseTo(0.125)
  })

  test('never falls when there is more of anything good', () => {
    fc.assert(
      fc.property(
        signals,
        fc.constantFrom('likes' as const, 'comments' as const, 'shares' as const),
        (post, more) => {
          expect(score({ ...post, [more]: post[more] + 1 })).toBeGreaterThan(score(post))
          expect(score({ ...post, ageSeconds: post.ageSeconds + 60 })).toBeLessThanOrEqual(score(post))
        },
      ),
    )
  })
})

describe('rank', () => {
  test('keeps every post once, highest first, whatever order they came in', () => {
    fc.assert(
      fc.property(candidates, (posts) => {
        const ranked = rank(posts)
        expect(new Set(ranked)).toEqual(new Set(posts))
        expect(ranked).toHaveLength(posts.length)
        const scores = ranked.map((post) => score(post.signals))
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
        expect(rank(posts.toReversed())).toEqual(ranked)
      }),
    )
  })

  test('equal scores stand newest first', () => {
    const posts = ['0190-a', '0190-c', '0190-b'].map((post_id) => ({ post_id, signals: none }))
    expect(rank(posts).map((post) => post.post_id)).toEqual(['0190-c', '0190-b', '0190-a'])
  })
})

test('affinity rises with every interaction and stays below 1', () => {
  expect(affinityOf(0)).toBe(0)
  fc.assert(
    fc.property(fc.nat(100_000), (weight) => {
      expect(affinityOf(weight + 1)).toBeGreaterThan(affinityOf(weight))
      expect(affinityOf(weight)).toBeLessThan(1)
    }),
  )
})
