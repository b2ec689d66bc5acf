export interface Gray {
  pixels: Buffer
  width: number
  height: number
}

/** Of 255. */
const DARK = 24
const BRIGHT = 242
/** Below it there is hardly anything to be seen. */
const FLAT = 6

/** Neither black nor white nor empty. */
export function isWorthShowing(gray: Gray): boolean {
  const { mean, deviation } = spreadOf(gray)
  return mean > DARK && mean < BRIGHT && deviation > FLAT
}

/** How sharp it is: edges in focus are steep. */
export function scoreOf(gray: Gray): number {
  const { pixels, width, height } = gray
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const around =
        (pixels[at - 1] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at - width] ?? 0) + (pixels[at + width] ?? 0)
      const edge = 4 * (pixels[at] ?? 0) - around
      sum += edge
      squares += edge * edge
      count += 1
    }
  const mean = sum / Math.max(1, count)
  return squares / Math.max(1, count) - mean * mean + spreadOf(gray).deviation
}

function spreadOf({ pixels }: Gray): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0]
  for (const value of pixels) {
    sum += value
    squares += value * value
  }
  const mean = sum / Math.max(1, pixels.length)
  return { mean, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, pixels.length) - mean * mean)) }
}
