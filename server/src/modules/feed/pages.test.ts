import type { Page, PostId } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idFloor } from '../../kit/ids.ts'
import { newestPage, RANKED_WINDOW, rankedPage } from './pages.ts'

const id = (n: number) => `0190${n.toString(16).padStart(4, '0')}-0000-7000-8000-000000000000` as PostId
interface Shown {
  post_id: PostId
}
const numbers = (posts: Shown[]) => posts.map((post) => Number.parseInt(post.post_id.slice(4, 8), 16))

/** A list that may grow and shrink between pages, of which some posts may not be seen. */
class List {
  posts: Set<number>
  hidden: Set<number>
  constructor(posts: Iterable<number>, hidden: Iterable<number> = []) {
    this.posts = new Set(posts)
    this.hidden = new Set(hidden)
  }
  read = async (before: PostId | undefined, limit: number) =>
    [...this.posts]
      .sort((a, b) => b - a)
      .map((n) => ({ post_id: id(n) }))
      .filter((entry) => before === undefined || entry.post_id < before)
      .slice(0, limit)
  show = async (ids: readonly PostId[]) => {
    const seen = new Set([...this.posts].filter((n) => !this.hidden.has(n)).map(id))
    return ids.filter((post_id) => seen.has(post_id)).map((post_id) => ({ post_id }))
  }
}
/** An order that has nothing to do with the ids', and changes from one call to the next. */
let salt = 0
const shuffleRank = async (entries: readonly Shown[]) => {
  salt += 1
  return entries.map((entry) => entry.post_id).toSorted((a, b) => hash(a + salt) - hash(b + salt))
}
const hash = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 7919, 7)

type ReadPage = (list: List, cursor: string | undefined, limit: number) => Promise<Page<Shown>>
const kinds: [string, ReadPage][] = [
  ['newest', (list, cursor, limit) => newestPage('k', { cursor, limit }, list.read, list.show)],
  ['ranked', (list, cursor, limit) => rankedPage('k', { cursor, limit }, list.read, shuffleRank, list.show)],
]

describe.each(kinds)('a %s list', (_, page) => {
  const lists = fc.record({
    posts: fc.uniqueArray(fc.nat(999), { maxLength: 3 * RANKED_WINDOW }),
    hidden: fc.uniqueArray(fc.nat(999), { maxLength: 200 }),
    limit: fc.integer({ min: 1, max: 50 }),
    arrivals: fc.array(fc.uniqueArray(fc.integer({ min: 1000, max: 5000 }), { maxLength: 5 }), {
      maxLength: 10,
    }),
  })

  test('page by page shows each post once and none is missing, while new ones arrive', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ posts, hidden, limit, arrivals }) => {
        const list = new List(posts, hidden)
        const expected = posts.filter((n) => !hidden.includes(n)).sort((a, b) => a - b)
        const seen: number[] = []
        for (let cursor: string | undefined, turn = 0; ; turn++) {
          const { items, next_cursor } = await page(list, cursor, limit)
          seen.push(...numbers(items))
          if (next_cursor === null) break
          expect(items).toHaveLength(limit)
          cursor = next_cursor
          for (const arrival of arrivals[turn] ?? []) list.posts.add(arrival)
        }
        expect(seen.sort((a, b) => a - b)).toEqual(expected)
      }),
    )
  })

  test('a post that goes away between two pages is only left out', async () => {
    const list = new List([1, 2, 3, 4, 5, 6])
    const first = await page(list, undefined, 2)
    const rest = [1, 2, 3, 4, 5, 6].filter((n) => !numbers(first.items).includes(n))
    list.posts.delete(rest[0] ?? 0)
    const second = await page(list, first.next_cursor ?? undefined, 4)
    expect(numbers(second.items).sort()).toEqual(rest.slice(1))
    expect(second.next_cursor).toBeNull()
  })

  test('refuses what is not a cursor of this list', async () => {
    const forged = [
      '',
      'x',
      'W10',
      Buffer.from('["other","x"]').toString('base64url'),
      Buffer.from('["k",1,2,"!"]').toString('base64url'),
    ]
    for (const cursor of forged) {
      await expect(page(new List([1]), cursor, 5)).rejects.toMatchObject({ code: 'bad_cursor' })
    }
  })
})

test('a ranked list stays in the order of its first page even when its scores change', async () => {
  const list = new List(Array.from({ length: RANKED_WINDOW }, (_, n) => n))
  let calls = 0
  const rankOnce = async (entries: readonly Shown[]) => {
    calls += 1
    return entries.map((entry) => entry.post_id).toReversed()
  }
  const seen: number[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next_cursor } = await rankedPage(
      'k',
      { cursor, limit: 30 },
      list.read,
      rankOnce,
      list.show,
    )
    seen.push(...numbers(items))
    if (next_cursor === null) break
    cursor = next_cursor
  }
  expect(seen).toEqual(Array.from({ length: RANKED_WINDOW }, (_, n) => n))
  expect(calls).toBe(2)
})

test('a window ranks posts of two days, but twenty at least', async () => {
  const day = 86_400_000
  const old = Array.from({ length: 40 }, (_, n) => idFloor<PostId>(10 * day + n))
  const fresh = Array.from({ length: 25 }, (_, n) => idFloor<PostId>(20 * day + n))
  const all = [...old, ...fresh].toSorted().toReversed()
  const read = async (before: PostId | undefined, limit: number) =>
    all
      .filter((id) => !before || id < before)
      .slice(0, limit)
      .map((post_id) => ({ post_id }))
  const sizes: number[] = []
  const note = async (entries: readonly Shown[]) => {
    sizes.push(entries.length)
    return entries.map((entry) => entry.post_id)
  }
  const show = async (ids: readonly PostId[]) => ids.map((post_id) => ({ post_id }))
  const page = await rankedPage('k', { limit: 60 }, read, note, show)
  expect(page.items.map((post) => post.post_id)).toEqual(all.slice(0, 60))
  expect(sizes).toEqual([25, 40])
})
