import { describe, expect, it } from 'vitest'
import { CENTRED, MAX_ZOOM, settle, squareOf } from './avatar-crop.ts'

const wide = { width: 400, height: 200 }

describe('placing an avatar', () => {
  it('begins with the middle of the picture', () => {
    expect(squareOf(CENTRED, wide)).toEqual({ left: 100, top: 0, side: 200 })
  })

  it('never shows what lies outside the picture', () => {
    for (const [x, y] of [
      [-5, -5],
      [9, 9],
      [0.5, 2],
    ] as const) {
      const { left, top, side } = squareOf({ zoom: 2.5, x, y }, wide)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(top).toBeGreaterThanOrEqual(0)
      expect(left + side).toBeLessThanOrEqual(wide.width)
      expect(top + side).toBeLessThanOrEqual(wide.height)
    }
  })

  it('keeps the zoom within bounds', () => {
    expect(settle({ ...CENTRED, zoom: 0.1 }, wide).zoom).toBe(1)
    expect(settle({ ...CENTRED, zoom: 99 }, wide).zoom).toBe(MAX_ZOOM)
  })
})
