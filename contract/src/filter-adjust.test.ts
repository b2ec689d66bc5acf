import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noise } from './filter-texture.ts'
import { adjustmentRanges, adjustments, applyToPixels, compileFilter, toneCurve } from './index.ts'

const anyAdjustments = fc.record(
  Object.fromEntries(
    adjustments.map((name) => {
      const [min, max] = adjustmentRanges[name]
      return [name, fc.double({ min, max, noNaN: true })]
    }),
  ),
  { requiredKeys: [] },
)
const square = 24
const grey = (level: number | ((x: number, y: number) => number)) =>
  Uint8ClampedArray.from({ length: square * square * 4 }, (_, i) => {
    if (i % 4 === 3) return 255
    const pixel = Math.floor(i / 4)
    return typeof level === 'number' ? level : level(pixel % square, Math.floor(pixel / square))
  })
const developed = (pixels: Uint8ClampedArray, adjust: Parameters<typeof compileFilter>[2]) => {
  applyToPixels(pixels, square, square, compileFilter('original', 1, adjust))
  return pixels
}
const at = (pixels: Uint8ClampedArray, x: number, y: number) => pixels[(y * square + x) * 4] ?? 0

describe('the tone curve', () => {
  it('never falls and never leaves the scale, whatever is combined', () => {
    fc.assert(
      fc.property(anyAdjustments, (adjust) => {
        const tone = toneCurve(adjust)
        const levels = Array.from({ length: 256 }, (_, level) => tone(level))
        for (const [i, value] of levels.entries()) {
          expect(value).toBeGreaterThanOrEqual((levels[i - 1] ?? value) - 1e-6)
          expect(value).toBeGreaterThanOrEqual(-1e-6)
          expect(value).toBeLessThanOrEqual(255 + 1e-6)
        }
      }),
    )
  })

  it('moves shadows and highlights apart from each other', () => {
    const [lifted, dimmed] = [toneCurve({ shadows: 1 }), toneCurve({ highlights: -1 })]
    expect(lifted(56) - 56).toBeGreaterThan(15)
    expect(lifted(220) - 220).toBeLessThan(3)
    expect(dimmed(200) - 200).toBeLessThan(-15)
    expect(dimmed(30) - 30).toBeGreaterThan(-3)
    expect([lifted(0), lifted(255), dimmed(0), dimmed(255)].map(Math.round)).toEqual([0, 255, 0, 255])
  })

  it('fades black to grey and dims white', () => {
    const faded = toneCurve({ fade: 1 })
    expect(faded(0)).toBeGreaterThan(40)
    expect(faded(255)).toBeLessThan(240)
  })
})

describe('vignette, sharpness and grain', () => {
  it('darken the corners, beside the vignette that a filter has of its own', () => {
    const pixels = developed(grey(200), { vignette: 1 })
    expect(at(pixels, 12, 12)).toBe(200)
    expect(at(pixels, 0, 0)).toBeLessThan(80)
    expect(compileFilter('noir', 1, { vignette: 0.5 }).vignettes).toHaveLength(2)
  })

  it('steepen an edge and leave even areas alone', () => {
    const pixels = developed(
      grey((x) => (x < 12 ? 100 : 150)),
      { sharpen: 1 },
    )
    expect(at(pixels, 11, 5)).toBeLessThan(95)
    expect(at(pixels, 12, 5)).toBeGreaterThan(155)
    expect([at(pixels, 3, 5), at(pixels, 20, 5)]).toEqual([100, 150])
  })

  it('roughen the greys around where they were, the same at each showing, and leave black and white alone', () => {
    const pixels = developed(grey(128), { grain: 1 })
    expect(developed(grey(128), { grain: 1 })).toEqual(pixels)
    const levels = pixels.filter((_, i) => i % 4 === 0)
    expect(new Set(levels).size).toBeGreaterThan(20)
    expect(Math.abs(levels.reduce((sum, level) => sum + level, 0) / levels.length - 128)).toBeLessThan(3)
    for (const level of [0, 255])
      expect(new Set(developed(grey(level), { grain: 1 }).filter((_, i) => i % 4 < 3))).toEqual(
        new Set([level]),
      )
  })

  it('draw grain evenly around nothing, without rows or columns to be seen', () => {
    const rows = Array.from({ length: 200 }, (_, y) => Array.from({ length: 200 }, (_, x) => noise(x, y)))
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean(rows.flat()))).toBeLessThan(0.01)
    for (const [i, row] of rows.entries()) {
      expect(Math.abs(mean(row))).toBeLessThan(0.15)
      expect(Math.abs(mean(rows.map((other) => other[i] ?? 0)))).toBeLessThan(0.15)
    }
    expect(
      Math.abs(mean(rows.flatMap((row) => row.slice(1).map((value, x) => value * (row[x] ?? 0))))),
    ).toBeLessThan(0.02)
  })
})
