import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cropOf,
  cropShapes,
  type Framing,
  frameOf,
  maxZoom,
  pan,
  ratioOf,
  reshape,
  type Size,
  settle,
  wholePicture,
  zoomTo,
} from './crop.ts'

const landscape: Size = { width: 4032, height: 3024 }
const portrait: Size = { width: 1080, height: 1920 }

const aSize = fc.record({
  width: fc.integer({ min: 16, max: 12_000 }),
  height: fc.integer({ min: 16, max: 12_000 }),
})
const aFraction = fc.double({ min: -3, max: 4, noNaN: true })
const aFraming: fc.Arbitrary<Framing> = fc.record({
  shape: fc.constantFrom(...cropShapes),
  zoom: fc.double({ min: 0.01, max: 50, noNaN: true }),
  centerX: aFraction,
  centerY: aFraction,
})

describe('cropOf', () => {
  it('leaves a whole picture alone', () => {
    expect(cropOf(wholePicture, landscape)).toBeUndefined()
    expect(cropOf({ ...wholePicture, shape: '1:1' }, { width: 800, height: 800 })).toBeUndefined()
  })

  it('takes the middle square of a landscape', () => {
    expect(cropOf({ ...wholePicture, shape: '1:1' }, landscape)).toEqual({
      x: 0.125,
      y: 0,
      width: 0.75,
      height: 1,
    })
  })

  it('takes a wide strip of a portrait', () => {
    const crop = cropOf({ ...wholePicture, shape: '16:9' }, portrait)
    expect(crop?.width).toBe(1)
    expect((crop?.height ?? 0) * portrait.height).toBeCloseTo(1080 / (16 / 9), 1)
  })

  it('always lies on the picture and has the shape asked for', () => {
    fc.assert(
      fc.property(aFraming, aSize, (framing, picture) => {
        const crop = cropOf(framing, picture)
        if (!crop) return
        expect(crop.x).toBeGreaterThanOrEqual(0)
        expect(crop.y).toBeGreaterThanOrEqual(0)
        expect(crop.x + crop.width).toBeLessThanOrEqual(1)
        expect(crop.y + crop.height).toBeLessThanOrEqual(1)
        const pixels = { width: crop.width * picture.width, height: crop.height * picture.height }
        const wanted = ratioOf(framing.shape, picture)
        // Six digits of a fraction are at most a tenth of a pixel here.
        expect(Math.abs(pixels.width - pixels.height * wanted)).toBeLessThan(0.1 * Math.max(1, wanted))
      }),
    )
  })
})

describe('settle', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(aFraming, aSize, (framing, picture) => {
        const once = settle(framing, picture)
        const twice = settle(once, picture)
        expect(twice.zoom).toBe(once.zoom)
        expect(twice.centerX).toBeCloseTo(once.centerX, 9)
        expect(twice.centerY).toBeCloseTo(once.centerY, 9)
      }),
    )
  })

  it('does not enlarge a small picture', () => {
    expect(maxZoom('original', { width: 200, height: 150 })).toBe(1)
    expect(maxZoom('original', landscape)).toBe(6)
  })
})

describe('pan and zoom', () => {
  it('stops at the edges', () => {
    const square = reshape(wholePicture, landscape, '1:1')
    expect(pan(square, landscape, 5, 0).centerX).toBeCloseTo(0.375, 9)
    expect(pan(square, landscape, -5, 0).centerX).toBeCloseTo(0.625, 9)
    expect(pan(square, landscape, 0, 5).centerY).toBe(0.5)
  })

  it('keeps the point under the anchor in place while there is room', () => {
    const anchor = { x: 0.25, y: 0.6 }
    const before = frameOf(wholePicture, landscape)
    const zoomed = zoomTo(wholePicture, landscape, 2, anchor)
    const after = frameOf(zoomed, landscape)
    const pointBefore = 0.5 + (anchor.x - 0.5) * before.width
    expect(zoomed.centerX + (anchor.x - 0.5) * after.width).toBeCloseTo(pointBefore, 9)
  })

  it('comes back to the whole picture when zoomed out', () => {
    fc.assert(
      fc.property(
        aSize,
        fc.double({ min: 1, max: 6, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (picture, zoom, by) => {
          const away = pan(zoomTo(wholePicture, picture, zoom), picture, by, -by)
          expect(cropOf(zoomTo(away, picture, 1), picture)).toBeUndefined()
        },
      ),
    )
  })
})
