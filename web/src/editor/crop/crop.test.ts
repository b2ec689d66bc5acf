import { geometrySize, type Placement } from '@tintype/contract/photo-geometry'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cropOf,
  cropShapes,
  type Framing,
  frameOf,
  maxZoom,
  mirror,
  pan,
  placementIn,
  ratioOf,
  reshape,
  type Size,
  STRAIGHTEN_MOST,
  settle,
  shapesFor,
  straightenTo,
  turnRight,
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
  turn: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  flip: fc.boolean(),
  straighten: fc.double({ min: -STRAIGHTEN_MOST, max: STRAIGHTEN_MOST, noNaN: true }),
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
        const turned = geometrySize(picture, framing)
        const pixels = { width: crop.width * turned.width, height: crop.height * turned.height }
        const wanted = ratioOf(framing, picture)
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
    expect(maxZoom(wholePicture, { width: 200, height: 150 })).toBe(1)
    expect(maxZoom(wholePicture, landscape)).toBe(6)
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

describe('turning', () => {
  const at = ([a, b, c, d, e, f]: Placement, x: number, y: number) => [a * x + c * y + e, b * x + d * y + f]
  const middleOf = (framing: Framing) => at(placementIn(framing, landscape), 0.5, 0.5)
  const close = (found: (number | undefined)[], wanted: (number | undefined)[]) => {
    for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value ?? Number.NaN, 4)
  }
  const cut = settle(
    { ...wholePicture, shape: '1:1', zoom: 3, centerX: 0.4, centerY: 0.45, straighten: 5 },
    landscape,
  )

  it.each([false, true])('goes clockwise as seen, also behind a mirror (%s)', (flip) => {
    const before = { ...cut, flip }
    const after = settle(turnRight(before), landscape)
    // What was at the left of the top edge is now at the top of the right edge.
    close(at(placementIn(after, landscape), 1, 0.2), at(placementIn(before, landscape), 0.2, 0))
  })

  it('mirrors what is seen, straightened or not', () => {
    const after = mirror(cut)
    close(at(placementIn(after, landscape), 0.9, 0.3), at(placementIn(cut, landscape), 0.1, 0.3))
    expect(mirror(after)).toEqual(cut)
  })

  it('comes back to where it was after four turns', () => {
    close(
      placementIn(turnRight(turnRight(turnRight(turnRight(cut)))), landscape) as unknown as number[],
      placementIn(cut, landscape) as unknown as number[],
    )
  })

  it('straightens around the middle of the frame, no further than makes sense', () => {
    close(middleOf(straightenTo(cut, landscape, -8)), middleOf(cut))
    expect(straightenTo(cut, landscape, 90).straighten).toBe(STRAIGHTEN_MOST)
  })

  it('turns the shape of the whole picture along', () => {
    expect(ratioOf(turnRight(wholePicture), landscape)).toBeCloseTo(3024 / 4032)
  })
})

describe('a tiny picture', () => {
  const cutOf = (framing: Framing, picture: Size) => {
    const turned = geometrySize(picture, framing)
    const crop = cropOf(framing, picture) ?? { width: 1, height: 1 }
    return Math.min(
      Math.round(crop.width * Math.round(turned.width)),
      Math.round(crop.height * Math.round(turned.height)),
    )
  }

  it.each([
    [{ width: 16, height: 16 }, ['original', '1:1']],
    [{ width: 20, height: 16 }, ['original', '1:1']],
    [{ width: 40, height: 20 }, ['original', '1:1', '4:5', '16:9']],
    [{ width: 20, height: 40 }, ['original', '1:1', '4:5']],
    [{ width: 400, height: 300 }, ['original', '1:1', '4:5', '16:9']],
  ])('of %o is offered the shapes it has pixels for', (picture, shapes) => {
    expect(shapesFor(wholePicture, picture)).toEqual(shapes)
  })

  it('is cut no smaller than a picture may be, however it is turned, shaped and straightened', () => {
    for (const width of [16, 17, 18, 20, 23, 29, 40])
      for (const height of [16, 18, 21, 28, 33])
        for (const shape of cropShapes)
          for (const straighten of [0, 7, 25]) {
            const picture = { width, height }
            const framing = straightenTo(reshape(wholePicture, picture, shape), picture, straighten)
            for (const each of [framing, turnRight(framing)])
              expect(cutOf(settle(each, picture), picture)).toBeGreaterThanOrEqual(16)
          }
  })
})
