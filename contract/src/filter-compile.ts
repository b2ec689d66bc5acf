import { type Adjustments, toneCurve } from './filter-adjust.ts'
import { clamp255, sampleCurve } from './filter-curve.ts'
import { addedVignette, filters, type Vignette } from './filter-definitions.ts'
import { blend, type ColorMatrix, chain, gain, identityMatrix, saturate } from './filter-matrix.ts'
import type { FilterId } from './filters.ts'

/**
 * A filter at a strength with adjustments, ready for a shader: sharpened by its neighbours, `matrix` on 0…1 values (clamp the
 * result), then each channel through its table (a 256×1 texture), then one vignette after the other
 * `out + (color − out) · amount · smoothstep(inner, outer, distance)`, then grain. `filter-texture` has sharpening and grain.
 */
export interface CompiledFilter {
  /** 0…1 */
  sharpen: number
  matrix: ColorMatrix
  lut: { r: Uint8Array; g: Uint8Array; b: Uint8Array }
  /** The filter's own, then the one added by hand. */
  vignettes: readonly Vignette[]
  /** 0…1 */
  grain: number
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
  const tone = toneCurve(adjust)
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
    vignettes: [
      ...(vignette ? [{ ...vignette, amount: vignette.amount * strength }] : []),
      { ...addedVignette, amount: addedVignette.amount * (adjust.vignette ?? 0) },
    ].filter(({ amount }) => amount > 0),
    sharpen: adjust.sharpen ?? 0,
    grain: adjust.grain ?? 0,
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

function changesNothing(compiled: Omit<CompiledFilter, 'identity'>): boolean {
  const { matrix, lut, vignettes, sharpen, grain } = compiled
  const straight = (table: Uint8Array) => table.every((out, level) => out === level)
  const same = matrix.every((value, index) => Math.abs(value - (identityMatrix[index] ?? 0)) < 1e-6)
  const plain = vignettes.length === 0 && sharpen === 0 && grain === 0
  return same && plain && straight(lut.r) && straight(lut.g) && straight(lut.b)
}
