import { applyToPixels } from '@tintype/contract/filter-apply'
import { compileFilter } from '@tintype/contract/filter-compile'
import { describe, expect, it } from 'vitest'
import { autoAdjust } from './auto-adjust.ts'

/** Greys from `low` to `high`, evenly, with the red and blue of each shifted. */
function picture(low: number, high: number, { red = 0, blue = 0, dark = 0 } = {}) {
  const count = 2000
  return Uint8ClampedArray.from({ length: count * 4 }, (_, i) => {
    const pixel = Math.floor(i / 4)
    const light = pixel < dark * count ? 5 : low + ((high - low) * pixel) / count
    return [light + red, light, light + blue, 255][i % 4] ?? 0
  })
}
const lights = (pixels: Uint8ClampedArray) => [...pixels.filter((_, i) => i % 4 === 1)].sort((a, b) => a - b)
const improved = (pixels: Uint8ClampedArray) => {
  const after = pixels.slice()
  applyToPixels(after, after.length / 4, 1, compileFilter('original', 1, autoAdjust(pixels)))
  return after
}

describe('the auto button', () => {
  it('leaves a picture alone that uses the whole scale around a grey middle', () => {
    for (const value of Object.values(autoAdjust(picture(2, 240))))
      expect(Math.abs(value ?? 0)).toBeLessThanOrEqual(0.05)
  })

  it.each([
    ['dark', picture(0, 110), 1],
    ['pale', picture(170, 255), -1],
  ] as const)('brings the middle of a %s picture nearer to the middle', (_, pixels, direction) => {
    const [before, after] = [lights(pixels)[1000] ?? 0, lights(improved(pixels))[1000] ?? 0]
    expect((after - before) * direction).toBeGreaterThan(15)
    expect(Math.abs(after - 128)).toBeLessThan(Math.abs(before - 128))
  })

  it('spreads flat tones', () => {
    const pixels = picture(90, 160)
    const range = (of: Uint8ClampedArray) => (lights(of).at(-20) ?? 0) - (lights(of)[20] ?? 0)
    expect(range(improved(pixels))).toBeGreaterThan(range(pixels) + 10)
  })

  it('opens deep shadows, holds bright lights', () => {
    expect(autoAdjust(picture(60, 230, { dark: 0.4 })).shadows).toBeGreaterThan(0.2)
    expect(autoAdjust(picture(200, 255)).highlights).toBeLessThan(-0.2)
  })

  it('lessens a cast towards either side, and adds no colour to black and white', () => {
    expect(autoAdjust(picture(40, 200, { red: 50 })).warmth).toBeLessThan(0)
    expect(autoAdjust(picture(40, 200, { blue: 50 })).warmth).toBeGreaterThan(0)
    expect(autoAdjust(picture(2, 240)).saturation).toBe(0)
  })

  it('takes any picture, even of one colour', () => {
    for (const level of [0, 255])
      for (const value of Object.values(autoAdjust(picture(level, level))))
        expect(Number.isFinite(value)).toBe(true)
    expect(() => autoAdjust([])).not.toThrow()
  })
})
