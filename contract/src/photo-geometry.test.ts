import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, type Geometry, geometryPlacement, geometrySize, type Placement } from './index.ts'

const at = ([a, b, c, d, e, f]: Placement, x: number, y: number) => [a * x + c * y + e, b * x + d * y + f]
const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
})
const geometry = fc.record({
  turn: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  flip: fc.boolean(),
  straighten: fc.double({ min: -45, max: 45, noNaN: true }),
})
const original = { width: 400, height: 300 }
const topLeft = (edit: Geometry) =>
  at(geometryPlacement(original, edit), 0, 0).map((v) => Math.round(v * 100) / 100)

describe('how a picture is turned', () => {
  it('leaves it alone where nothing is asked', () => {
    expect(geometrySize(original, {})).toEqual(original)
    expect(geometryPlacement(original, {})).toEqual([1, 0, 0, 1, 0, 0])
  })

  it('turns clockwise, then flips: where the corner that is now top left came from', () => {
    expect(topLeft({ turn: 90 })).toEqual([0, 1])
    expect(topLeft({ turn: 180 })).toEqual([1, 1])
    expect(topLeft({ turn: 270 })).toEqual([1, 0])
    expect(topLeft({ flip: true })).toEqual([1, 0])
    expect(topLeft({ turn: 90, flip: true })).toEqual([0, 0])
    expect(geometrySize(original, { turn: 270 })).toEqual({ width: 300, height: 400 })
  })

  it('straightens clockwise: the middle of the top edge comes from further left', () => {
    const [x, y] = at(geometryPlacement(original, { straighten: 10 }), 0.5, 0)
    expect(x).toBeLessThan(0.5)
    expect(y).toBeGreaterThan(0)
  })

  it('never shows an empty corner, and leaves none of the picture unused for it', () => {
    fc.assert(
      fc.property(size, geometry, (source, edit) => {
        const { x, y, width, height } = boundsOf(geometryPlacement(source, edit))
        const [left, right, top, bottom] = [x, 1 - x - width, y, 1 - y - height]
        for (const room of [left, right, top, bottom]) expect(room).toBeGreaterThan(-1e-9)
        expect(Math.min(left, right, top, bottom)).toBeLessThan(1e-9)
      }),
    )
  })

  it('keeps the shape, the middle and every length', () => {
    fc.assert(
      fc.property(size, geometry, (source, edit) => {
        const placement = geometryPlacement(source, edit)
        const [x, y] = at(placement, 0.5, 0.5)
        expect(x).toBeCloseTo(0.5)
        expect(y).toBeCloseTo(0.5)
        const shown = geometrySize(source, edit)
        const whole = geometrySize(source, { turn: edit.turn })
        expect((shown.width / shown.height) * (whole.height / whole.width)).toBeCloseTo(1)
        const [a, b] = placement
        expect(Math.hypot(a * source.width, b * source.height) / shown.width).toBeCloseTo(1)
      }),
    )
  })
})
