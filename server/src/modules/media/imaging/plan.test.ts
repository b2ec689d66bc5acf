import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Purpose, planDecode, renditionEdges, renditionSizes } from './plan.ts'

const source = fc.record({
  width: fc.integer({ min: 1, max: 40_000 }),
  height: fc.integer({ min: 1, max: 40_000 }),
})
const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const crop = fc.option(
  fc.record({
    x: fraction,
    y: fraction,
    width: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    height: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  }),
  { nil: undefined },
)
const purpose = fc.constantFrom<Purpose>('post', 'avatar')

describe('the plan of a decode', () => {
  it('keeps inside the picture, never enlarges, and fits the largest rendition', () => {
    fc.assert(
      fc.property(source, crop, purpose, (size, cut, use) => {
        const { scaled, kept } = planDecode(size, cut, use)
        for (const value of [...Object.values(scaled), ...Object.values(kept)])
          expect(Number.isInteger(value)).toBe(true)
        expect(Math.min(kept.left, kept.top)).toBeGreaterThanOrEqual(0)
        expect(Math.min(kept.width, kept.height)).toBeGreaterThanOrEqual(1)
        expect(kept.left + kept.width).toBeLessThanOrEqual(scaled.width)
        expect(kept.top + kept.height).toBeLessThanOrEqual(scaled.height)
        expect(scaled.width).toBeLessThanOrEqual(size.width)
        expect(scaled.height).toBeLessThanOrEqual(size.height)
        expect(Math.max(kept.width, kept.height)).toBeLessThanOrEqual(Math.max(...renditionEdges[use]))
        if (use === 'avatar') expect(Math.abs(kept.width - kept.height)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('keeps the proportions of what was cropped, to a pixel', () => {
    fc.assert(
      fc.property(source, crop, (size, cut) => {
        const { kept } = planDecode(size, cut, 'post')
        const wanted = {
          width: Math.min(1 - (cut?.x ?? 0), cut?.width ?? 1) * size.width,
          height: Math.min(1 - (cut?.y ?? 0), cut?.height ?? 1) * size.height,
        }
        fc.pre(Math.min(wanted.width, wanted.height) >= 50)
        const scale = Math.max(kept.width, kept.height) / Math.max(wanted.width, wanted.height)
        expect(Math.abs(kept.width - wanted.width * scale)).toBeLessThanOrEqual(2)
        expect(Math.abs(kept.height - wanted.height * scale)).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('gives each size once, largest first, none larger than the picture', () => {
    fc.assert(
      fc.property(source, purpose, (size, use) => {
        const { kept } = planDecode(size, undefined, use)
        const sizes = renditionSizes(kept, use)
        const edges = sizes.map(({ width, height }) => Math.max(width, height))
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => b - a))
        expect(edges[0]).toBe(Math.max(kept.width, kept.height))
        expect(Math.min(...sizes.flatMap((each) => [each.width, each.height]))).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})
