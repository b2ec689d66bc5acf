import { describe, expect, it } from 'vitest'
import { applyToPixels, type CompiledFilter, compileFilter, FilterId, filterIds, filters } from './index.ts'

/** Every 17th level of each channel: 16³ colours, as one row. */
function allColours(): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(16 ** 3 * 4)
  for (let i = 0; i < 16 ** 3; i++)
    pixels.set([(i >> 8) * 17, ((i >> 4) & 15) * 17, (i & 15) * 17, 200], i * 4)
  return pixels
}

const filtered = (compiled: CompiledFilter, pixels = allColours()) => {
  applyToPixels(pixels, pixels.length / 4, 1, compiled)
  return pixels
}
const only = (compiled: CompiledFilter): CompiledFilter => ({ ...compiled, vignettes: [] })
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, index) => Math.abs(value - (b[index] ?? 0)))
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** What a fragment shader does with a compiled filter: floats throughout, tables sampled between their levels. */
function shade([r, g, b]: [number, number, number], { matrix: m, lut }: CompiledFilter): number[] {
  const row = (i: number) =>
    ((m[i] ?? 0) * r + (m[i + 1] ?? 0) * g + (m[i + 2] ?? 0) * b) / 255 + (m[i + 3] ?? 0)
  const sample = (table: Uint8Array, value: number) => {
    const level = Math.min(1, Math.max(0, value)) * 255
    const low = table[Math.floor(level)] ?? 0
    return low + ((table[Math.ceil(level)] ?? low) - low) * (level % 1)
  }
  return [sample(lut.r, row(0)), sample(lut.g, row(4)), sample(lut.b, row(8))]
}

describe('filters', () => {
  it('has a name and a definition for each, more than a dozen', () => {
    expect(Object.keys(filters).sort()).toEqual([...filterIds].sort())
    expect(filterIds.length).toBeGreaterThanOrEqual(14)
    expect(new Set(filterIds.map((id) => filters[id].name)).size).toBe(filterIds.length)
    expect(FilterId).toMatchObject({ enum: [...filterIds] })
  })

  it('leaves a picture untouched by "original", and by anything at strength 0', () => {
    expect(compileFilter('original').identity).toBe(true)
    for (const id of filterIds) expect(filtered(compileFilter(id, 0))).toEqual(allColours())
  })

  it('can be told apart: every two differ by more than three levels on average', () => {
    const looks = filterIds.map((id) => filtered(only(compileFilter(id))))
    for (const [i, look] of looks.entries())
      for (const other of looks.slice(i + 1)) expect(mean(difference(look, other))).toBeGreaterThan(2.5)
  })

  it.each(filterIds)('%s keeps order in the greys, and keeps black dark and white light', (id) => {
    const ramp = new Uint8ClampedArray(256 * 4)
    for (let level = 0; level < 256; level++) ramp.set([level, level, level, 255], level * 4)
    const out = filtered(only(compileFilter(id)), ramp)
    const luma = Array.from({ length: 256 }, (_, i) => mean([...out.subarray(i * 4, i * 4 + 3)]))
    for (let level = 1; level < 256; level++)
      expect(luma[level]).toBeGreaterThanOrEqual((luma[level - 1] ?? 0) - 0.01)
    expect(luma[0]).toBeLessThan(50)
    expect(luma[255]).toBeGreaterThan(205)
  })

  it.each(filterIds)('%s looks the same from a shader, to two levels', (id) => {
    const compiled = only(
      compileFilter(id, 0.8, { brightness: 0.2, contrast: -0.3, saturation: 0.4, warmth: 0.3 }),
    )
    const source = allColours()
    const reference = filtered(compiled)
    for (let i = 0; i < source.length; i += 4) {
      const shaded = shade([source[i] ?? 0, source[i + 1] ?? 0, source[i + 2] ?? 0], compiled)
      expect(Math.max(...difference(shaded, reference.subarray(i, i + 3)))).toBeLessThanOrEqual(2)
    }
  })

  it('goes from nothing to all with its strength', () => {
    for (const id of filterIds.filter((name) => name !== 'original')) {
      const change = [0.25, 0.5, 0.75, 1].map((s) =>
        mean(difference(filtered(compileFilter(id, s)), allColours())),
      )
      expect(change).toEqual([...change].sort((a, b) => a - b))
    }
  })

  it('leaves alpha alone, and takes three channels as well as four', () => {
    expect(filtered(compileFilter('noir'))[3]).toBe(200)
    const four = filtered(compileFilter('fern'))
    const rgb = new Uint8Array(allColours().filter((_, index) => index % 4 !== 3))
    applyToPixels(rgb, rgb.length / 3, 1, compileFilter('fern'), 3)
    expect([...rgb]).toEqual([...four.filter((_, index) => index % 4 !== 3)])
  })

  it('darkens towards the corners alone, evenly', () => {
    const [width, height] = [40, 20]
    const pixels = new Uint8ClampedArray(width * height * 4).fill(200)
    const compiled = compileFilter('noir')
    applyToPixels(pixels, width, height, {
      ...compileFilter('original'),
      identity: false,
      vignettes: compiled.vignettes,
    })
    const at = (x: number, y: number) => pixels[(y * width + x) * 4]
    expect(at(20, 10)).toBe(200)
    expect(at(0, 0)).toBeLessThan(140)
    expect([at(39, 0), at(0, 19), at(39, 19)]).toEqual([at(0, 0), at(0, 0), at(0, 0)])
  })
})

describe('adjustments', () => {
  const grey = (adjust: Parameters<typeof compileFilter>[2], level = 128) => {
    const pixel = new Uint8ClampedArray([level, level, level, 255])
    return filtered(compileFilter('original', 1, adjust), pixel)
  }

  it('brighten and darken the middle and hold black and white', () => {
    expect(grey({ brightness: 0.5 })[0]).toBeGreaterThan(150)
    expect(grey({ brightness: -0.5 })[0]).toBeLessThan(105)
    for (const brightness of [-1, 1])
      expect([grey({ brightness }, 0)[0], grey({ brightness }, 255)[0]]).toEqual([0, 255])
  })

  it('spread or gather the tones around the middle', () => {
    expect(grey({ contrast: 1 }, 64)[0]).toBeLessThan(50)
    expect(grey({ contrast: -1 }, 64)[0]).toBeGreaterThan(85)
  })

  it('take the colour out, and make warmer or cooler', () => {
    const red = filtered(
      compileFilter('original', 1, { saturation: -1 }),
      new Uint8ClampedArray([200, 40, 40, 255]),
    )
    expect(new Set(red.subarray(0, 3)).size).toBe(1)
    const warm = grey({ warmth: 1 })
    expect((warm[0] ?? 0) - (warm[2] ?? 0)).toBeGreaterThan(20)
    const cool = grey({ warmth: -1 })
    expect((cool[2] ?? 0) - (cool[0] ?? 0)).toBeGreaterThan(20)
  })

  it('reach a toned black-and-white too', () => {
    const pixel = () => new Uint8ClampedArray([90, 120, 150, 255])
    const plain = filtered(compileFilter('gelatin'), pixel())
    expect(filtered(compileFilter('gelatin', 1, { brightness: 0.5 }), pixel())[0]).toBeGreaterThan(
      (plain[0] ?? 0) + 20,
    )
    expect(filtered(compileFilter('gelatin', 1, { saturation: 1 }), pixel())).toEqual(plain)
  })
})
