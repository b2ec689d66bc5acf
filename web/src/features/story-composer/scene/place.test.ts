import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byFingers,
  byKey,
  coverage,
  FRAME_RATIO,
  firstPlace,
  normalTurn,
  pictureBox,
  safeArea,
  settle,
  snapTurn,
} from './place.ts'
import type { Place } from './scene.ts'

const middle: Place = { x: 0.5, y: 0.5, size: 0.4, rotation: 0 }

describe('fingers', () => {
  it('one moves', () => {
    const moved = byFingers(middle, [{ x: 0.1, y: 0.1 }], [{ x: 0.3, y: 0.2 }])
    expect(moved).toMatchObject({ size: 0.4, rotation: 0 })
    expect([moved.x, moved.y]).toEqual([expect.closeTo(0.7), expect.closeTo(0.6)])
  })

  it('two scale by their distance and turn by their angle, in a frame that is not square', () => {
    const flat = [
      { x: 0.4, y: 0.5 },
      { x: 0.6, y: 0.5 },
    ]
    // A quarter turn: 0.2 of the width is 0.2 / FRAME_RATIO of the height.
    const upright = [
      { x: 0.5, y: 0.5 - 0.2 / FRAME_RATIO },
      { x: 0.5, y: 0.5 + 0.2 / FRAME_RATIO },
    ]
    const turned = byFingers(middle, flat, upright)
    expect(turned.rotation).toBeCloseTo(90)
    expect(turned.size).toBeCloseTo(0.8)
    expect([turned.x, turned.y]).toEqual([expect.closeTo(0.5), expect.closeTo(0.5)])
  })

  it('what lies under a finger stays under it', () => {
    const at = { x: 0.25, y: 0.4 }
    const before = [at, { x: 0.75, y: 0.4 }]
    const after = [at, { x: 0.95, y: 0.4 }]
    const place = { ...middle, x: 0.25, y: 0.4 }
    const next = byFingers(place, before, after)
    expect([next.x, next.y]).toEqual([expect.closeTo(0.25), expect.closeTo(0.4)])
  })
})

describe('where things may be', () => {
  it('a sticker stays whole within the safe area, however it is turned and wherever it was put', () => {
    fc.assert(
      fc.property(
        fc.record({
          x: fc.double({ min: -1, max: 2, noNaN: true }),
          y: fc.double({ min: -1, max: 2, noNaN: true }),
          size: fc.double({ min: 0.01, max: 5, noNaN: true }),
          rotation: fc.double({ min: -400, max: 400, noNaN: true }),
        }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (place, ratio) => {
          const { x, y, size, rotation } = settle('sticker', place, ratio)
          const turn = (rotation * Math.PI) / 180
          for (const [cornerX, cornerY] of [
            [-1, -1],
            [1, -1],
            [1, 1],
            [-1, 1],
          ] as const) {
            const [across, down] = [(cornerX * size) / 2, (cornerY * size * ratio) / 2]
            const atX = x + across * Math.cos(turn) - down * Math.sin(turn)
            const atY = y + (across * Math.sin(turn) + down * Math.cos(turn)) / FRAME_RATIO
            expect(atX).toBeGreaterThan(safeArea.left - 1e-6)
            expect(atX).toBeLessThan(safeArea.right + 1e-6)
            expect(atY).toBeGreaterThan(safeArea.top - 1e-6)
            expect(atY).toBeLessThan(safeArea.bottom + 1e-6)
          }
          expect(rotation).toBeGreaterThan(-180)
          expect(rotation).toBeLessThanOrEqual(180)
          // As the contract takes it.
          expect(size).toBeGreaterThanOrEqual(0.02)
        },
      ),
    )
  })

  it('a text keeps its middle in the frame, a picture stays in sight', () => {
    expect(settle('text', { ...middle, x: 3, y: -2 }, 1)).toMatchObject({ x: 0.96, y: 0.04 })
    expect(settle('picture', { ...middle, x: 3, size: 99 }, 1)).toMatchObject({ x: 1.2, size: 8 })
  })
})

it('keys move, scale and turn, finely with Shift', () => {
  expect(byKey(middle, 'ArrowRight', false)?.x).toBeCloseTo(0.53)
  expect(byKey(middle, 'ArrowRight', true)?.x).toBeCloseTo(0.505)
  expect(byKey(middle, 'ArrowUp', false)?.y).toBeCloseTo(0.5 - 0.03 / FRAME_RATIO)
  expect(byKey(middle, '+', false)?.size).toBeGreaterThan(0.4)
  expect(byKey(middle, '-', false)?.size).toBeLessThan(0.4)
  expect(byKey(middle, ']', false)?.rotation).toBe(6)
  expect(byKey(middle, ',', false)?.rotation).toBe(-6)
  expect(byKey(middle, 'a', false)).toBeUndefined()
})

it('turns are told shortly, and snap where they nearly are straight', () => {
  expect([190, -190, 360, -180, 540].map(normalTurn)).toEqual([-170, 170, 0, 180, 180])
  expect(snapTurn({ ...middle, rotation: 88 }).rotation).toBe(90)
  expect(snapTurn({ ...middle, rotation: -178 }).rotation).toBe(180)
  expect(snapTurn({ ...middle, rotation: 84 }).rotation).toBe(84)
})

it('a picture that nearly has the frame’s shape fills it, any other is seen whole', () => {
  expect(firstPlace({ width: 1080, height: 1920 }).size).toBeCloseTo(1)
  expect(firstPlace({ width: 3024, height: 4032 }).size).toBeCloseTo(4 / 3)
  expect(firstPlace({ width: 4032, height: 3024 }).size).toBe(1)
  const wide = { width: 4000, height: 3000 }
  expect(pictureBox(wide, 1)).toEqual({ width: 1, height: 0.75 })
  expect(pictureBox(wide, coverage(wide)).height).toBeCloseTo(FRAME_RATIO)
})
