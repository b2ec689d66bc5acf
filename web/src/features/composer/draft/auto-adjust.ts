import type { Adjustments } from '@tintype/contract/filter-adjust'
import { clamp } from '../../../editor/crop/crop.ts'

/** Shares of the pixels that may be as good as black or white; what goes beyond counts as blocked or blown. */
const CLIPPED = 0.01

/**
 * What a careful hand would set for a picture (RGBA), each rounded to a hundredth: tones spread over the scale, the middle near the
 * middle, deep shadows opened, bright lights held, a colour cast lessened, pale colours strengthened a little. Modest throughout:
 * a picture that is well as it is stays as it is.
 */
export function autoAdjust(pixels: ArrayLike<number>): Adjustments {
  const { lights, mean, colourfulness } = measure(pixels)
  const at = (share: number) => (lights[Math.floor(share * (lights.length - 1))] ?? 0) / 255
  const middle = clamp(at(0.5), 0.02, 0.98)
  const wanted = middle + 0.6 * (clamp(middle, 0.38, 0.58) - middle)
  const shareBelow = (level: number) => lights.findIndex((light) => light > level * 255) / lights.length
  const dark = lights.at(-1) === 0 ? 1 : Math.max(0, shareBelow(0.12))
  const bright = at(0.9) > 0.92 ? 1 - shareBelow(0.92) : 0
  const cast = clamp((mean.b - mean.r) / Math.max(1, mean.b + mean.r), -0.25, 0.25)
  return rounded({
    // The exponent of `toneCurve`, backwards.
    brightness: clamp(-Math.log2(Math.log(wanted) / Math.log(middle)) / 0.85, -0.8, 0.8),
    contrast: clamp(0.9 - (at(1 - CLIPPED) - at(CLIPPED)), 0, 0.5),
    shadows: clamp((dark - 0.15) * 1.5, 0, 0.6),
    highlights: -clamp((bright - 0.1) * 1.5, 0, 0.6),
    warmth: Math.abs(cast) < 0.06 ? 0 : cast,
    // A black-and-white picture has no colour to strengthen.
    saturation: colourfulness < 0.02 ? 0 : clamp((0.18 - colourfulness) * 1.5, 0, 0.25),
  })
}

function measure(pixels: ArrayLike<number>) {
  const count = Math.floor(pixels.length / 4)
  const lights = new Uint8Array(count)
  const mean = { r: 0, b: 0 }
  let colourfulness = 0
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [pixels[i * 4] ?? 0, pixels[i * 4 + 1] ?? 0, pixels[i * 4 + 2] ?? 0]
    lights[i] = Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b)
    mean.r += r / count
    mean.b += b / count
    colourfulness += (Math.max(r, g, b) - Math.min(r, g, b)) / 255 / count
  }
  return { lights: lights.sort(), mean, colourfulness }
}

const rounded = (adjust: Record<string, number>): Adjustments =>
  Object.fromEntries(
    Object.entries(adjust).map(([name, value]) => [name, Math.round(value * 100) / 100 || 0]),
  )
