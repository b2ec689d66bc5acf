import type { Pixels } from './icc.ts'

/** Transfer functions of more than a screen's usual range (ITU-T H.273). */
const PQ = 16
const HLG = 18

export interface WideRange {
  transfer: typeof PQ | typeof HLG
  /** ITU-T H.273 */
  primaries: number
}

export const wideRangeOf = (
  colours: { primaries: number | undefined; transfer: number | undefined } | undefined,
): WideRange | undefined => {
  const { transfer, primaries = BT2020 } = colours ?? {}
  return transfer === PQ || transfer === HLG ? { transfer, primaries } : undefined
}

/** 16-bit RGB, as coded. */
export interface WidePixels {
  rgb16: Uint16Array
  width: number
  height: number
}

/** cd/m². What a white page is in such a picture (ITU-R BT.2408), and so the brightest that sRGB has. */
const WHITE = 203
/** cd/m². Brighter than this is white: what such pictures are mastered for, and HLG's nominal peak. */
const PEAK = 1000

/**
 * A picture of PQ (SMPTE ST 2084) or HLG (ITU-R BT.2100) as sRGB: light of the screen in cd/m², highlights rolled off as
 * ITU-R BT.2390 (5.4.1) does, by the brightest channel, so that hues stay; then from its primaries to sRGB's. Mid-tones come out as they were
 * meant: up to 94 cd/m² nothing is changed but the scale.
 */
export function toneMap({ rgb16, width, height }: WidePixels, { transfer, primaries }: WideRange): Pixels {
  const rgb = Buffer.alloc(rgb16.length)
  const light = transfer === PQ ? pqLight : hlgSceneLight
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = toSrgbPrimaries[primaries] ?? toSrgbPrimaries[BT2020] ?? SAME
  for (let at = 0; at + 2 < rgb16.length; at += 3) {
    let r = light[(rgb16[at] ?? 0) >> 4] ?? 0
    let g = light[(rgb16[at + 1] ?? 0) >> 4] ?? 0
    let b = light[(rgb16[at + 2] ?? 0) >> 4] ?? 0
    const gain = transfer === HLG ? hlgGain(0.2627 * r + 0.678 * g + 0.0593 * b) : 1
    const brightest = gain * Math.max(r, g, b)
    const scale = gain * (rollOff[indexOf(brightest)] ?? 0)
    r *= scale
    g *= scale
    b *= scale
    rgb[at] = coded(m0 * r + m1 * g + m2 * b)
    rgb[at + 1] = coded(m3 * r + m4 * g + m5 * b)
    rgb[at + 2] = coded(m6 * r + m7 * g + m8 * b)
  }
  return { rgb, width, height }
}

const M1 = 2610 / 16384
const M2 = (2523 / 4096) * 128
const C1 = 3424 / 4096
const C2 = (2413 / 4096) * 32
const C3 = (2392 / 4096) * 32

/** cd/m² of a PQ code, 0…1. */
function pqToLight(code: number): number {
  const power = code ** (1 / M2)
  return 10_000 * (Math.max(0, power - C1) / (C2 - C3 * power)) ** (1 / M1)
}

function lightToPq(light: number): number {
  const power = (Math.max(0, light) / 10_000) ** M1
  return ((C1 + C2 * power) / (1 + C3 * power)) ** M2
}

/** Of the scene, 0…1, from an HLG code. */
function hlgToScene(code: number): number {
  if (code <= 0.5) return code ** 2 / 3
  return (Math.exp((code - HLG_C) / HLG_A) + HLG_B) / 12
}
const HLG_A = 0.17883277
const HLG_B = 1 - 4 * HLG_A
const HLG_C = 0.5 - HLG_A * Math.log(4 * HLG_A)

/** From light of the scene to that of a screen of 1000 cd/m², by the scene's luminance. */
const hlgGain = (luminance: number): number => PEAK * luminance ** 0.2

/** What BT.2390's curve makes of so much light, for a source of `PEAK` on a screen of `WHITE`. */
function rolledOff(light: number): number {
  const peak = lightToPq(PEAK)
  const most = lightToPq(WHITE) / peak
  const knee = 1.5 * most - 0.5
  const code = Math.min(1, lightToPq(light) / peak)
  if (code < knee) return light
  const t = (code - knee) / (1 - knee)
  const bent =
    (2 * t ** 3 - 3 * t ** 2 + 1) * knee +
    (t ** 3 - 2 * t ** 2 + t) * (1 - knee) +
    (-2 * t ** 3 + 3 * t ** 2) * most
  return pqToLight(bent * peak)
}

const srgbCode = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055

const STEPS = 4096
const table = (entryOf: (fraction: number) => number): Float32Array =>
  Float32Array.from({ length: STEPS }, (_, step) => entryOf(step / (STEPS - 1)))
const pqLight = table(pqToLight)
const hlgSceneLight = table(hlgToScene)
/** By the fourth root of light, as the eye sees steps. */
const indexOf = (light: number): number =>
  Math.round(Math.min(1, Math.sqrt(Math.sqrt(light / 10_000))) * (STEPS - 1))
/** From cd/m² to a fraction of sRGB's white. */
const rollOff = table((root) => {
  const light = 10_000 * root ** 4
  return light === 0 ? 1 / WHITE : rolledOff(light) / light / WHITE
})
/** By the square root of the fraction of white. */
const codes = Uint8Array.from({ length: STEPS }, (_, step) =>
  Math.round(255 * srgbCode((step / (STEPS - 1)) ** 2)),
)
const coded = (linear: number): number =>
  codes[Math.round(Math.sqrt(Math.min(1, Math.max(0, linear))) * (STEPS - 1))] ?? 0

type Matrix = readonly [number, number, number, number, number, number, number, number, number]
const BT2020 = 9
const SAME: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1]
/** Linear light, by the source's primaries (ITU-R BT.2087 for BT.2020; Display P3 has the same white). */
const toSrgbPrimaries: Record<number, Matrix> = {
  1: SAME,
  [BT2020]: [1.6605, -0.5876, -0.0728, -0.1246, 1.1329, -0.0083, -0.0182, -0.1006, 1.1187],
  12: [1.2249, -0.2247, 0, -0.0421, 1.0421, 0, -0.0196, -0.0786, 1.0979],
}
