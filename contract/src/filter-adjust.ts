/** What can be adjusted by hand, in the order the composer shows it, and how far; 0 changes nothing. */
export const adjustmentRanges = {
  brightness: [-1, 1],
  contrast: [-1, 1],
  highlights: [-1, 1],
  shadows: [-1, 1],
  saturation: [-1, 1],
  warmth: [-1, 1],
  fade: [0, 1],
  vignette: [0, 1],
  sharpen: [0, 1],
  grain: [0, 1],
} as const satisfies Record<string, readonly [number, number]>
export type Adjustment = keyof typeof adjustmentRanges
export const adjustments = Object.keys(adjustmentRanges) as Adjustment[]

/** What is left out is 0. */
export type Adjustments = { readonly [A in Adjustment]?: number | undefined }

/**
 * The tone curve of all adjustments that have one, from level 0…255 to 0…255; it never falls. Black and white stay where they
 * are, but for `fade`.
 */
export function toneCurve(adjust: Adjustments): (level: number) => number {
  const { brightness = 0, contrast = 0, highlights = 0, shadows = 0, fade = 0 } = adjust
  // Brightness bends the middle, contrast steepens or flattens around it.
  const exponent = 2 ** (-0.85 * brightness)
  return (level) => {
    const bent = (level / 255) ** exponent
    const steep = contrast > 0 ? smooth(bent) : 0.25 + bent / 2
    const spread = bent + (steep - bent) * Math.abs(contrast) * 0.9
    const lit = spread + LIFT * (shadows * inShadow(spread) + highlights * inShadow(1 - spread))
    // As on a print that the sun has bleached: black becomes a grey, white a little less.
    return 255 * (lit + fade * (0.18 + 0.74 * lit - lit))
  }
}

const LIFT = 0.9
/** A hump over the dark third, 0 at black: its steepest fall times `LIFT` stays below 1, so that greys keep their order. */
const inShadow = (value: number): number => value * (1 - value) ** 3

const smooth = (value: number): number => value * value * (3 - 2 * value)
