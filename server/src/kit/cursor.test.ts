import { TintypeError } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor, idCursor, pageOf } from './cursor.ts'
import { newId } from './ids.ts'

const keys = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
)
const codeOf = (call: () => unknown): string | undefined => {
  try {
    call()
    return undefined
  } catch (error) {
    return error instanceof TintypeError ? error.code : `not ours: ${error}`
  }
}

describe('cursors', () => {
  it('give back the keys they were made of, and fit into a URL as they stand', () => {
    fc.assert(
      fc.property(fc.string(), keys, (kind, given) => {
        const cursor = encodeCursor(kind, given)
        expect(cursor).toMatch(/^[\w-]+$/)
        // JSON knows no negative zero; as a sort key it is zero.
        expect(decodeCursor(kind, cursor)).toEqual(given.map((key) => (key === 0 ? 0 : key)))
      }),
    )
  })

  it('are refused by every other list', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), keys, (kind, other, given) => {
        fc.pre(kind !== other)
        expect(codeOf(() => decodeCursor(other, encodeCursor(kind, given)))).toBe('bad_cursor')
      }),
    )
  })

  it('are refused with one code when made up, whatever they are', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'))
    fc.assert(
      fc.property(fc.oneof(fc.string(), json, fc.base64String()), (made) => {
        expect(codeOf(() => decodeCursor('a list that never was', made))).toBe('bad_cursor')
        expect(codeOf(() => idCursor('a list that never was', made))).toBe('bad_cursor')
      }),
    )
    for (const made of ['', 'null', Buffer.from('null').toString('base64url')])
      expect(codeOf(() => decodeCursor('posts', made))).toBe('bad_cursor')
    expect(codeOf(() => decodeCursor('posts', encodeCursor('posts', [Number.NaN])))).toBe('bad_cursor')
  })

  it('of one id hold exactly one id', () => {
    const id = newId()
    expect(idCursor('posts', encodeCursor('posts', [id]))).toBe(id)
    expect(idCursor('posts', undefined)).toBeUndefined()
    for (const wrong of [[], [id, id], ['no id'], [7], [`${id} `], [id.toUpperCase()]])
      expect(codeOf(() => idCursor('posts', encodeCursor('posts', wrong)))).toBe('bad_cursor')
  })
})

describe('pages', () => {
  it('walk any list once, whole and in order, whatever the page size', () => {
    const rows = fc.uniqueArray(fc.integer()).map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (all, limit) => {
        const seen: number[] = []
        let cursor: string | null | undefined
        let pages = 0
        while (cursor !== null) {
          const after = cursor === undefined ? Number.NEGATIVE_INFINITY : Number(decodeCursor('n', cursor)[0])
          const read = all.filter((row) => row > after).slice(0, limit + 1)
          const page = pageOf('n', read, limit, (row) => [row])
          seen.push(...page.items)
          cursor = page.next_cursor
          pages++
        }
        expect(seen).toEqual(all)
        expect(pages).toBe(Math.max(1, Math.ceil(all.length / limit)))
      }),
    )
  })
})
