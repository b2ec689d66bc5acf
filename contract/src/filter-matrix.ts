/**
 * Three rows of `[r, g, b, offset]` on gamma-encoded sRGB in 0…1: `out.r = m[0]·r + m[1]·g + m[2]·b + m[3]`, and so on.
 */
export type ColorMatrix = readonly [
  ...[number, number, number, number],
  ...[number, number, number, number],
  ...[number, number, number, number],
]

export const identityMatrix: ColorMatrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]

/** Rec. 709 weights; on gamma-encoded values they give luma, which is what an eye expects of a grey here. */
const LUMA = [0.2126, 0.7152, 0.0722] as const

/** 0 is grey, 1 as it is, above 1 more colourful. */
export function saturate(amount: number): ColorMatrix {
  const [r, g, b] = LUMA.map((weight) => weight * (1 - amount)) as [number, number, number]
  return [r + amount, g, b, 0, r, g + amount, b, 0, r, g, b + amount, 0]
}

/** Grey by weights of the three channels, as a plate of that sensitivity sees the world. */
export const monochrome = (r: number, g: number, b: number): ColorMatrix =>
  [...[r, g, b, 0], ...[r, g, b, 0], ...[r, g, b, 0]] as unknown as ColorMatrix

/** Scales each channel. */
export const gain = (r: number, g: number, b: number): ColorMatrix => [r, 0, 0, 0, 0, g, 0, 0, 0, 0, b, 0]

/** First `first`, then `then`. */
export function chain(first: ColorMatrix, then: ColorMatrix): ColorMatrix {
  const at = (m: ColorMatrix, row: number, column: number) => m[row * 4 + column] ?? 0
  return identityMatrix.map((_, index) => {
    const row = Math.floor(index / 4)
    const column = index % 4
    const mixed = [0, 1, 2].reduce((sum, k) => sum + at(then, row, k) * at(first, k, column), 0)
    return column === 3 ? mixed + at(then, row, 3) : mixed
  }) as unknown as ColorMatrix
}

/** `amount` 0 is the first matrix, 1 the second. */
export const blend = (from: ColorMatrix, to: ColorMatrix, amount: number): ColorMatrix =>
  from.map((value, index) => value + ((to[index] ?? 0) - value) * amount) as unknown as ColorMatrix
