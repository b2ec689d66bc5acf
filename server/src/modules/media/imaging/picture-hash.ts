/**
 * A hash of what a picture looks like, after PDQ (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019):
 * 64 × 64 levels of grey, their 16 × 16 lowest frequencies, a bit for each that is above the median. Copies that were made smaller, encoded
 * again or made brighter differ in a few of 256 bits, other pictures in 128 or so.
 */
const EDGE = 64
const KEPT = 16
/** Of 100: flatter pictures have no hash, as any flat picture would be like them. PDQ takes 50, of levels that are less even than means. */
const QUALITY = 30

/** Rows: frequencies 1 to 16; columns: places. */
const dct = Array.from({ length: KEPT }, (_, row) =>
  Float64Array.from(
    { length: EDGE },
    (_, at) => Math.sqrt(2 / EDGE) * Math.cos((Math.PI / 2 / EDGE) * (row + 1) * (2 * at + 1)),
  ),
)

/**
 * 64 × 64 levels of grey (0–255), each the mean of what lies below it, so that a picture that is mirrored has the same ones mirrored: what scales
 * pictures for the eye is a little off to one side.
 */
export function greyLevels(
  rgba: Uint8Array,
  { width, height }: { width: number; height: number },
): Uint8Array {
  const rows = new Float64Array(EDGE * height)
  spread(width, (to, from, part) => {
    for (let y = 0; y < height; y++) {
      const at = 4 * (y * width + from)
      const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]]
      const row = y * EDGE + to
      rows[row] = (rows[row] ?? 0) + part * (0.299 * red + 0.587 * green + 0.114 * blue)
    }
  })
  const levels = new Float64Array(EDGE * EDGE)
  spread(height, (to, from, part) => {
    for (let x = 0; x < EDGE; x++) {
      const at = to * EDGE + x
      levels[at] = (levels[at] ?? 0) + part * (rows[from * EDGE + x] ?? 0)
    }
  })
  return Uint8Array.from(levels)
}

/** Which of so many pixels lie below each of 64, and what part of the mean each has. */
function spread(length: number, add: (to: number, from: number, part: number) => void): void {
  const step = length / EDGE
  for (let to = 0; to < EDGE; to++)
    for (let from = Math.floor(to * step); from < Math.min(length, (to + 1) * step); from++) {
      const covered = Math.min(from + 1, (to + 1) * step) - Math.max(from, to * step)
      add(to, from, covered / step)
    }
}

/**
 * Of 64 × 64 grey levels (0–255), each as 64 hexadecimal digits: first as it is, then mirrored and turned, eight in all. None where there is
 * too little to tell it by.
 */
export function pictureHashes(grey: Uint8Array): string[] {
  if (qualityOf(grey) < QUALITY) return []
  const upright = lowest(grey)
  const turned = upright.map((_, at) => upright[(at % KEPT) * KEPT + Math.floor(at / KEPT)] ?? 0)
  return [upright, turned].flatMap((one) =>
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].map(([across = 0, down = 0]) => hashOf(mirrored(one, across, down))),
  )
}

/** A picture that is mirrored has the same frequencies, every other one (the odd) the other way up. */
const mirrored = (frequencies: Float64Array, across: number, down: number): Float64Array =>
  frequencies.map((value, at) => {
    const [row, column] = [Math.floor(at / KEPT), at % KEPT]
    return ((column + 1) * across + (row + 1) * down) % 2 === 1 ? -value : value
  })

function hashOf(frequencies: Float64Array): string {
  const median = frequencies.toSorted()[(KEPT * KEPT) / 2] ?? 0
  let hash = ''
  for (let at = 0; at < frequencies.length; at += 4) {
    const bit = (n: number) => ((frequencies[at + n] ?? 0) > median ? 8 >> n : 0)
    hash += (bit(0) | bit(1) | bit(2) | bit(3)).toString(16)
  }
  return hash
}

function lowest(grey: Uint8Array): Float64Array {
  const columns = new Float64Array(KEPT * EDGE)
  for (let row = 0; row < KEPT; row++)
    for (let y = 0; y < EDGE; y++) {
      const weight = dct[row]?.[y] ?? 0
      for (let x = 0; x < EDGE; x++) {
        const at = row * EDGE + x
        columns[at] = (columns[at] ?? 0) + weight * (grey[y * EDGE + x] ?? 0)
      }
    }
  const found = new Float64Array(KEPT * KEPT)
  for (let row = 0; row < KEPT; row++)
    for (let column = 0; column < KEPT; column++) {
      let sum = 0
      for (let x = 0; x < EDGE; x++) sum += (columns[row * EDGE + x] ?? 0) * (dct[column]?.[x] ?? 0)
      found[row * KEPT + column] = sum
    }
  return found
}

/** How much there is to see: the steps between neighbours, as PDQ adds them up. 0–100. */
function qualityOf(grey: Uint8Array): number {
  let steps = 0
  const step = (one: number, other: number) =>
    Math.abs(Math.trunc((((grey[one] ?? 0) - (grey[other] ?? 0)) * 100) / 255))
  for (let y = 0; y < EDGE; y++)
    for (let x = 0; x < EDGE; x++) {
      const at = y * EDGE + x
      if (x + 1 < EDGE) steps += step(at, at + 1)
      if (y + 1 < EDGE) steps += step(at, at + EDGE)
    }
  return Math.min(100, Math.trunc(steps / 90))
}
