import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputsOf, type Purpose, planDecode, renditionSize, type Step, targetOf } from './plan.ts'

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
const step = fc.constantFrom<Step>('first', 'later')

describe('the plan of a decode', () => {
  it('keeps inside the picture, never enlarges, and fits the largest rendition', () => {
    fc.assert(
      fc.property(source, crop, step, (size, cut, when) => {
        const { scaled, kept } = planDecode(size, cut, targetOf('post', when))
        for (const value of [...Object.values(scaled), ...Object.values(kept)])
          expect(Number.isInteger(value)).toBe(true)
        expect(Math.min(kept.left, kept.top)).toBeGreaterThanOrEqual(0)
        expect(Math.min(kept.width, kept.height)).toBeGreaterThanOrEqual(1)
        expect(kept.left + kept.width).toBeLessThanOrEqual(scaled.width)
        expect(kept.top + kept.height).toBeLessThanOrEqual(scaled.height)
        expect(scaled.width).toBeLessThanOrEqual(size.width)
        expect(scaled.height).toBeLessThanOrEqual(size.height)
        expect(Math.max(kept.width, kept.height)).toBeLessThanOrEqual(16_383)
      }),
    )
  })

  it('keeps the proportions of what was cropped, to a pixel', () => {
    fc.assert(
      fc.property(source, crop, (size, cut) => {
        const { kept } = planDecode(size, cut, targetOf('post', 'first'))
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

  it('gives each size once, largest first, none larger than the picture, and the later ones beyond the first', () => {
    fc.assert(
      fc.property(source, purpose, (size, use) => {
        const made = [...outputsOf(size, use, 'later'), ...outputsOf(size, use, 'first')]
        const webp = made.filter(({ content_type }) => content_type === 'image/webp')
        const pixels = webp.map(({ width, height }) => width * height)
        expect(pixels).toEqual([...pixels].sort((a, b) => b - a))
        expect(new Set(webp.map(({ width, height }) => `${width}x${height}`)).size).toBe(webp.length)
        for (const { width, height } of made) {
          expect(width).toBeLessThanOrEqual(size.width)
          expect(height).toBeLessThanOrEqual(size.height)
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
        }
      }),
    )
  })

  it('decodes a square of an avatar', () => {
    const { kept } = planDecode({ width: 3000, height: 2000 }, undefined, targetOf('avatar', 'first'))
    expect(kept).toEqual({ left: 160, top: 0, width: 640, height: 640 })
  })
})

describe('the size of a rendition', () => {
  it.each([
    ['4:5', { width: 3024, height: 3780 }, 1440, [1440, 1800]],
    ['1:1', { width: 3000, height: 3000 }, 1080, [1080, 1080]],
    ['9:16', { width: 2160, height: 3840 }, 1080, [1080, 1920]],
    ['taller than a screen', { width: 1000, height: 4000 }, 640, [427, 1707]],
    ['3:2', { width: 6000, height: 4000 }, 1080, [1323, 882]],
    ['16:9', { width: 3840, height: 2160 }, 1440, [1920, 1080]],
    ['4:1', { width: 8000, height: 2000 }, 1080, [2160, 540]],
    ['a panorama of 10:1', { width: 20_000, height: 2000 }, 2048, [6476, 648]],
    ['never upscaled', { width: 600, height: 900 }, 1080, [600, 900]],
    ['a thread', { width: 16, height: 65_500 }, 640, [4, 16_383]],
    ['a thread, lying', { width: 65_500, height: 16 }, 2048, [16_383, 4]],
  ] as const)('%s', (_, picture, width, size) => {
    expect(Object.values(renditionSize(picture, width))).toEqual(size)
  })
})
