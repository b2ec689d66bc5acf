import { clamp255, sampleCurve } from './filter-curve.ts'
import { filters, type Vignette } from './filter-definitions.ts'
import { blend, type ColorMatrix, chain, gain, identityMatrix, saturate } from './filter-matrix.ts'
import type { FilterId } from './filters.ts'

/** Each −1…1; what is left out is 0. */
export interface Adjustments {
  brightness?: number
  contrast?: number
  saturation?: number
  warmth?: number
}

/**
 * A filter at a strength with adjustments, ready for a shader: `matrix` on 0…1 values (clamp the result), then each
 * channel through its table (a 256×1 texture), then the vignette
 * `out + (color − out) · amount · smoothstep(inner, outer, distance)`.
 */
export interface CompiledFilter {
  matrix: ColorMatrix
  lut: { r: Uint8Array; g: Uint8Array; b: Uint8Array }
  vignette: Vignette | null
  /** Nothing would change. */
  identity: boolean
}

/** `strength` 0…1: matrix, curves and vignette each go that far from "unchanged". */
export function compileFilter(id: FilterId, strength = 1, adjust: Adjustments = {}): CompiledFilter {
  const { matrix, curves, vignette } = filters[id]
  const saturation = adjust.saturation ?? 0
  const warmth = adjust.warmth ?? 0
  const toned = chain(blend(identityMatrix, matrix, strength), warming(warmth))
  const all = sampleCurve(curves.all)
  const tone = toneOf(adjust.brightness ?? 0, adjust.contrast ?? 0)
  const table = (own: Float64Array) =>
    Uint8Array.from({ length: 256 }, (_, level) => {
      const filtered = level + (lookUp(own, all[level] ?? level) - level) * strength
      return Math.round(clamp255(tone(filtered)))
    })
  const lut = {
    r: table(sampleCurve(curves.r)),
    g: table(sampleCurve(curves.g)),
    b: table(sampleCurve(curves.b)),
  }
  const compiled = {
    matrix: chain(toned, saturate(saturation > 0 ? 1 + 0.8 * saturation : 1 + saturation)),
    lut,
    vignette: vignette && strength > 0 ? { ...vignette, amount: vignette.amount * strength } : null,
  }
  return { ...compiled, identity: changesNothing(compiled) }
}

/** Between two levels of a sampled curve, straight. */
function lookUp(samples: Float64Array, level: number): number {
  const low = Math.floor(level)
  const from = samples[low] ?? level
  return from + ((samples[low + 1] ?? from) - from) * (level - low)
}

/** Luma stays about where it was, so that warmer is not also brighter. */
const warming = (warmth: number): ColorMatrix => gain(1 + 0.12 * warmth, 1 - 0.01 * warmth, 1 - 0.16 * warmth)

/** Black and white stay where they are: brightness bends the middle, contrast steepens or flattens around it. */
function toneOf(brightness: number, contrast: number): (level: number) => number {
  const exponent = 2 ** (-0.85 * brightness)
  return (level) => {
    const bent = (level / 255) ** exponent
    const target = contrast > 0 ? bent * bent * (3 - 2 * bent) : 0.25 + bent / 2
    return 255 * (bent + (target - bent) * Math.abs(contrast) * 0.9)
  }
}

function changesNothing({ matrix, lut, vignette }: Omit<CompiledFilter, 'identity'>): boolean {
  const straight = (table: Uint8Array) => table.every((out, level) => out === level)
  const same = matrix.every((value, index) => Math.abs(value - (identityMatrix[index] ?? 0)) < 1e-6)
  return same && vignette === null && straight(lut.r) && straight(lut.g) && straight(lut.b)
}
