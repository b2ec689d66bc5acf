import type { PostId, UserId } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FeedEntry,
  mergeNewest,
  newestOf,
  type ReadRecent,
  TOP,
  type TopList,
  withEntries,
} from './merge.ts'

const entry = fc.record({
  post_id: fc.nat(500).map((n) => String(n).padStart(4, '0') as PostId),
  author_id: fc.nat(12).map((n) => `author ${n}` as UserId),
})
const histories = fc.uniqueArray(entry, { maxLength: 200, selector: (e) => e.post_id })
const newestFirst = (entries: FeedEntry[]) => entries.toSorted((a, b) => (a.post_id < b.post_id ? 1 : -1))

/** What the database's lateral read answers. */
const readFrom =
  (all: FeedEntry[], spent?: number[]): ReadRecent =>
  async (authorIds, { before, perAuthor, limit }) => {
    spent?.push(perAuthor * authorIds.length)
    const rows = authorIds.flatMap((id) =>
      newestFirst(all.filter((e) => e.author_id === id && (!before || e.post_id < before))).slice(
        0,
        perAuthor,
      ),
    )
    return newestFirst(rows).slice(0, limit)
  }

describe('newestOf', () => {
  test('answers exactly what reading everything would', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.integer({ min: 1, max: 60 }),
        fc.option(fc.nat(500)),
        async (all, limit, cut) => {
          const before = cut === null ? undefined : (String(cut).padStart(4, '0') as PostId)
          const authors = [...new Set(all.map((e) => e.author_id))]
          const expected = newestFirst(all.filter((e) => !before || e.post_id < before)).slice(0, limit)
          expect(await newestOf(readFrom(all), authors, { before, limit })).toEqual(expected)
        },
      ),
    )
  })

  test('believes nobody who used their allowance up, though theirs is the oldest of all that was read', async () => {
    const all = Array.from(
      { length: 40 },
      (_, n): FeedEntry => ({
        post_id: String(n).padStart(4, '0') as PostId,
        author_id: (n < 37 ? 'many' : 'few') as UserId,
      }),
    )
    const page = { before: undefined, limit: 20 }
    for (const limit of [10, 14, 20, 30, 50]) {
      const found = await newestOf(readFrom(all), ['many', 'few', 'none'] as UserId[], { ...page, limit })
      expect(found).toEqual(newestFirst(all).slice(0, limit))
    }
  })

  test('reads few posts each of many even authors', async () => {
    const all = Array.from(
      { length: 4000 },
      (_, n): FeedEntry => ({
        post_id: String(n).padStart(4, '0') as PostId,
        author_id: `a${n % 400}` as UserId,
      }),
    )
    const spent: number[] = []
    await newestOf(readFrom(all, spent), [...new Set(all.map((e) => e.author_id))], {
      before: undefined,
      limit: 20,
    })
    expect(spent).toEqual([4 * 400])
  })
})

test('mergeNewest unites lists without repeating a post', () => {
  fc.assert(
    fc.property(fc.array(histories, { maxLength: 4 }), fc.nat(50), (lists, limit) => {
      const merged = mergeNewest(lists.map(newestFirst), limit)
      const ids = [...new Set(lists.flat().map((e) => e.post_id))].sort().reverse()
      expect(merged.map((e) => e.post_id)).toEqual(ids.slice(0, limit))
    }),
  )
})

describe('withEntries', () => {
  const topOf = (all: FeedEntry[]): TopList => ({
    entries: newestFirst(all).slice(0, TOP),
    isAll: all.length < TOP,
  })

  test('answers what reading the list again would, whatever came and however often it is told', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(1000), { maxLength: 60 }), (all, picks) => {
        const added = all.length === 0 ? [] : picks.map((n) => all[n % all.length] as FeedEntry)
        const before = all.filter((e, at) => at % 3 === 0 || !added.includes(e))
        const after = [...before, ...added.filter((e) => !before.includes(e))]
        const top = withEntries(topOf(before), added)
        const expected = topOf([...new Set(after)])
        expect(top.entries).toEqual(expected.entries)
        // With exactly as many as are kept nobody knows whether there are more; saying that these are all is right as well.
        if (expected.entries.length < TOP || after.length > TOP) expect(top.isAll).toBe(expected.isAll)
      }),
    )
  })

  test('is the same list where nothing came that belongs to it', () => {
    const top = topOf([{ post_id: '0002' as PostId, author_id: 'ana' as UserId }])
    expect(withEntries(top, [...top.entries])).toBe(top)
    expect(withEntries(top, [])).toBe(top)
  })
})
