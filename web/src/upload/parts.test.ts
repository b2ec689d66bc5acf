import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthOf, missingParts, partsOf } from './parts.ts'

const ticketOf = (size: number, partSize: number) => ({
  url: '/whole',
  multipart: {
    part_size: partSize,
    parts: Array.from({ length: Math.ceil(size / partSize) }, (_, index) => ({
      part_number: index + 1,
      url: `/part/${index + 1}`,
    })),
  },
})

describe('parts', () => {
  it('sends a small file in one go', () => {
    expect(partsOf({ url: '/whole', multipart: null }, 10)).toEqual([
      { number: 1, url: '/whole', start: 0, end: 10 },
    ])
  })

  it('cover the file once, without gaps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 900 }), (size, partSize) => {
        const parts = partsOf(ticketOf(size, partSize), size)
        expect(lengthOf(parts)).toBe(size)
        parts.forEach(({ start, end }, index) => {
          expect(start).toBe(parts[index - 1]?.end ?? 0)
          expect(end).toBeGreaterThan(start)
        })
      }),
    )
  })

  it('leaves out what has arrived', () => {
    const parts = partsOf(ticketOf(25, 10), 25)
    expect(missingParts(parts, [1, 3]).map(({ number }) => number)).toEqual([2])
  })
})
