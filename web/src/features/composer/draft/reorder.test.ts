import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropIndex, reorder } from './reorder.ts'

describe('reorder', () => {
  it('moves forwards and backwards', () => {
    expect(reorder(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(reorder(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
  })

  it('stops at the ends', () => {
    const items = ['a', 'b']
    expect(reorder(items, 0, -1)).toBe(items)
    expect(reorder(items, 1, 9)).toBe(items)
  })

  it('keeps every item and undoes itself', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(30), fc.nat(30), (items, a, b) => {
        const from = a % items.length
        const to = b % items.length
        const moved = reorder(items, from, to)
        expect(moved[to]).toBe(items[from])
        expect(reorder(moved, to, from)).toEqual(items)
      }),
    )
  })
})

describe('dropIndex', () => {
  const middles = [40, 120, 200]
  it('lands where the pointer is', () => {
    expect(dropIndex(middles, 0, 10)).toBe(0)
    expect(dropIndex(middles, 0, 130)).toBe(1)
    expect(dropIndex(middles, 0, 500)).toBe(2)
    expect(dropIndex(middles, 2, 0)).toBe(0)
    expect(dropIndex(middles, 1, 119)).toBe(1)
  })
})
