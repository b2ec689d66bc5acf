import type { PostId, UserId } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blend, type Candidate, SCREEN, type Source, spread } from './blend.ts'

/** Posts whose author follows from their id, as in life. */
const candidate = fc.nat(300).map((n): Candidate => {
  const post_id = `post ${n}` as PostId
  return { post_id, author_id: `author ${n % 37}` as UserId, reason: { kind: 'new' } }
})
const kinds = ['similar', 'liked_by', 'trending', 'new'] as const
const sources = fc
  .array(fc.tuple(fc.double({ min: 0.1, max: 2, noNaN: true }), fc.array(candidate, { maxLength: 150 })), {
    maxLength: kinds.length,
  })
  .map((all): Source[] =>
    all.map(([weight, candidates], at) => ({
      weight,
      candidates: candidates.map((each) => ({ ...each, reason: { kind: kinds[at] ?? 'new' } })),
    })),
  )
const before = fc.array(
  fc.nat(36).map((n) => `author ${n}` as UserId),
  { maxLength: SCREEN },
)

describe('the blend', () => {
  test('has each candidate once, from a source that named it, in the same order for the same seed', () => {
    fc.assert(
      fc.property(
        sources,
        fc.string(),
        fc.integer({ min: 0, max: 200 }),
        before,
        (given, seed, size, authors) => {
          const asked = { sources: given, seed, size, before: authors }
          const order = blend(asked)
          const named = new Set(given.flatMap((source) => source.candidates.map((each) => each.post_id)))
          expect(new Set(order.map((each) => each.post_id)).size).toBe(order.length)
          expect(order).toHaveLength(Math.min(size, named.size))
          for (const { post_id, reason } of order) {
            const by = given.filter((source) => source.candidates.some((each) => each.post_id === post_id))
            expect(by.map((source) => source.candidates[0]?.reason.kind)).toContain(reason.kind)
          }
          expect(blend(asked)).toEqual(order)
        },
      ),
    )
  })

  test('an author stands twice within a screen only where everybody else who is left does as well', () => {
    fc.assert(
      fc.property(sources, fc.string(), before, (given, seed, authors) => {
        const order = blend({ sources: given, seed, size: 500, before: authors })
        const all = [...authors, ...order.map((each) => each.author_id)]
        for (const [at, { author_id }] of order.entries()) {
          const place = at + authors.length
          const screen = new Set(all.slice(Math.max(0, place - SCREEN + 1), place))
          if (!screen.has(author_id)) continue
          for (const left of order.slice(at)) expect(screen).toContain(left.author_id)
        }
      }),
    )
  })

  test('a better rank, a heavier source and several sources move a post up; the reason is of the source that says most', () => {
    const post = (n: number, kind: Candidate['reason']['kind']): Candidate => ({
      post_id: `post ${n}` as PostId,
      author_id: `author ${n}` as UserId,
      reason: { kind },
    })
    const many = Array.from({ length: 40 }, (_, n) => post(n, 'new'))
    const order = blend({
      sources: [
        { weight: 1, candidates: many },
        { weight: 3, candidates: [post(39, 'similar')] },
      ],
      seed: 'any',
      size: 40,
    })
    expect(order[0]).toEqual(post(39, 'similar'))
    const placeOf = (n: number) => order.findIndex((each) => each.post_id === `post ${n}`)
    expect(placeOf(0)).toBeLessThan(placeOf(38))
    const seeds = new Set(
      ['a', 'b', 'c', 'd'].map((seed) =>
        blend({ sources: [{ weight: 1, candidates: many }], seed, size: 9 })
          .map((each) => each.post_id)
          .join(),
      ),
    )
    expect(seeds.size).toBeGreaterThan(1)
  })

  test('of few authors each comes as seldom as can be', () => {
    const posts = Array.from({ length: 9 }, (_, n) => ({ author_id: `${n % 3}` as UserId }))
    const order = spread(posts, 9).map((post) => post.author_id)
    expect(order).toEqual(['0', '1', '2', '0', '1', '2', '0', '1', '2'])
  })
})
