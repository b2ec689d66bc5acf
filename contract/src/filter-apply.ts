import type { CompiledFilter } from './filter-compile.ts'
import type { Vignette } from './filter-definitions.ts'
import { addGrain, type Raster, sharpen } from './filter-texture.ts'

/**
 * Changes 8-bit sRGB pixels in place, row after row; alpha (channel 4, where there is one) stays. This is the
 * reference that the server runs and that a shader is held to. About 8 ns a pixel on one core.
 */
export function applyToPixels(
  pixels: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  compiled: CompiledFilter,
  channels: 3 | 4 = 4,
): void {
  if (compiled.identity) return
  const raster = { pixels, width, height, channels }
  if (compiled.sharpen > 0) sharpen(raster, compiled.sharpen)
  applyColor(pixels, compiled, channels)
  for (const vignette of compiled.vignettes) applyVignette(raster, vignette)
  if (compiled.grain > 0) addGrain(raster, compiled.grain)
}

function applyColor(
  pixels: Uint8ClampedArray | Uint8Array,
  compiled: CompiledFilter,
  channels: number,
): void {
  const [rr, rg, rb, ro, gr, gg, gb, go, br, bg, bb, bo] = compiled.matrix
  const tables = joinTables(compiled)
  // Offsets carry the 0.5 that makes the truncation of `| 0` a rounding; the tables' margins do the clamping.
  const [r0, g0, b0] = [ro * 255 + 0.5 + MARGIN, go * 255 + 0.5 + MARGIN, bo * 255 + 0.5 + MARGIN]
  for (let i = 0; i < pixels.length; i += channels) {
    const r = pixels[i] as number
    const g = pixels[i + 1] as number
    const b = pixels[i + 2] as number
    pixels[i] = tables.r[(rr * r + rg * g + rb * b + r0) | 0] as number
    pixels[i + 1] = tables.g[(gr * r + gg * g + gb * b + g0) | 0] as number
    pixels[i + 2] = tables.b[(br * r + bg * g + bb * b + b0) | 0] as number
  }
}

/** No matrix of ours sends a pixel further than this outside 0…255. */
const MARGIN = 1024

/** Tables whose ends are held flat for `MARGIN` levels on both sides: indexing clamps, without a branch per channel. */
function joinTables({ lut }: CompiledFilter) {
  const widen = (table: Uint8Array) => {
    const wide = new Uint8Array(MARGIN + 256 + MARGIN)
    wide.fill(table[0] ?? 0, 0, MARGIN)
    wide.set(table, MARGIN)
    wide.fill(table[255] ?? 255, MARGIN + 256)
    return wide
  }
  return { r: widen(lut.r), g: widen(lut.g), b: widen(lut.b) }
}

function applyVignette({ pixels, width, height, channels }: Raster, vignette: Vignette): void {
  const [r, g, b] = vignette.color.map((value) => value * 255) as [number, number, number]
  const across = squaredOffsets(width)
  const down = squaredOffsets(height)
  const innerSquared = vignette.inner ** 2
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const squared = (across[x] as number) + (down[y] as number)
      if (squared <= innerSquared) continue
      const k = vignette.amount * smoothstep(vignette.inner, vignette.outer, Math.sqrt(squared))
      const i = (y * width + x) * channels
      pixels[i] = Math.round((pixels[i] as number) * (1 - k) + r * k)
      pixels[i + 1] = Math.round((pixels[i + 1] as number) * (1 - k) + g * k)
      pixels[i + 2] = Math.round((pixels[i + 2] as number) * (1 - k) + b * k)
    }
  }
}

/** Half the square of each pixel centre's distance from the middle (−1…1): two of them add up to 1 in a corner. */
const squaredOffsets = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => (((i + 0.5) / size) * 2 - 1) ** 2 / 2)

function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
