/** Control points `[in, out]`, both 0…255, rising `in`. The ends are held flat beyond the outermost points. */
export type Curve = readonly (readonly [number, number])[]

/** `through(0, 10, 255, 250)`: the points (0, 10) and (255, 250). */
export const through = (...flat: readonly number[]): Curve =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0] as const)

/**
 * The curve through its points at every 8-bit level, as numbers 0…255: monotone cubic (Fritsch and Carlson 1980), so
 * that a rising curve never overshoots and never folds back, which would show as posterised bands.
 */
export function sampleCurve(curve: Curve | undefined): Float64Array {
  const samples = Float64Array.from({ length: 256 }, (_, level) => level)
  if (curve === undefined || curve.length < 2) return samples
  const slopes = monotoneSlopes(curve)
  return samples.map((level) => clamp255(valueAt(curve, slopes, level)))
}

export const clamp255 = (value: number): number => Math.min(255, Math.max(0, value))

function valueAt(curve: Curve, slopes: number[], level: number): number {
  const next = curve.findIndex(([x]) => x > level)
  const [x1, y1] = curve[next] ?? curve[curve.length - 1] ?? [0, 0]
  if (next <= 0) return y1
  const [x0, y0] = curve[next - 1] ?? [0, 0]
  const width = x1 - x0
  const t = (level - x0) / width
  const s0 = (slopes[next - 1] ?? 0) * width
  const s1 = (slopes[next] ?? 0) * width
  return (
    y0 * (1 + 2 * t) * (1 - t) ** 2 + s0 * t * (1 - t) ** 2 + y1 * t * t * (3 - 2 * t) + s1 * t * t * (t - 1)
  )
}

function monotoneSlopes(curve: Curve): number[] {
  const secants = curve.slice(1).map(([x, y], i) => {
    const [x0, y0] = curve[i] ?? [x - 1, y]
    return (y - y0) / (x - x0)
  })
  const slopes = curve.map((_, i) => {
    const before = secants[i - 1] ?? secants[i] ?? 0
    const after = secants[i] ?? before
    return before * after <= 0 ? 0 : (before + after) / 2
  })
  for (const [i, secant] of secants.entries()) {
    const a = (slopes[i] ?? 0) / (secant || 1)
    const b = (slopes[i + 1] ?? 0) / (secant || 1)
    const length = Math.hypot(a, b)
    if (length <= 3) continue
    slopes[i] = (3 / length) * a * secant
    slopes[i + 1] = (3 / length) * b * secant
  }
  return slopes
}
