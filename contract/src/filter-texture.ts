/** Pixels row after row, `channels` bytes each. */
export interface Raster {
  pixels: Uint8ClampedArray | Uint8Array
  width: number
  height: number
  channels: number
}

/**
 * Sharpening and grain are measured on the picture, not in pixels, so that a preview and a large rendition look alike: neighbours
 * are this many of the longer edge apart, and as many grains lie along it.
 */
export const SHARPEN_STEPS = 1080
export const GRAINS = 1440
/** At full strength: how much of the difference to the neighbours is added; how far a middle grey strays, of 255. */
export const SHARPEN_MOST = 1.2
export const GRAIN_MOST = 36

/** Unsharp mask: away from the mean of the four neighbours. About 15 ns a pixel. */
export function sharpen({ pixels, width, height, channels }: Raster, amount: number): void {
  const step = Math.max(1, Math.round(Math.max(width, height) / SHARPEN_STEPS))
  const before = pixels.slice()
  const gain = (amount * SHARPEN_MOST) / 4
  for (let y = 0; y < height; y++) {
    const up = Math.max(0, y - step) * width
    const down = Math.min(height - 1, y + step) * width
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels
      const left = (y * width + Math.max(0, x - step)) * channels
      const right = (y * width + Math.min(width - 1, x + step)) * channels
      const above = (up + x) * channels
      const below = (down + x) * channels
      for (let channel = 0; channel < 3; channel++) {
        const own = before[at + channel] as number
        const around =
          (before[left + channel] as number) +
          (before[right + channel] as number) +
          (before[above + channel] as number) +
          (before[below + channel] as number)
        pixels[at + channel] = clampByte(own + gain * (4 * own - around))
      }
    }
  }
}

/** Film grain: the same everywhere at each showing, strongest in the middle greys, none in black and white. */
export function addGrain({ pixels, width, height, channels }: Raster, amount: number): void {
  const perPixel = GRAINS / Math.max(width, height)
  const most = amount * GRAIN_MOST
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y + 0.5) * perPixel)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels
      const [r, g, b] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number]
      const light = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
      const stray = most * 4 * light * (1 - light) * noise(Math.floor((x + 0.5) * perPixel), row)
      pixels[at] = clampByte(r + stray)
      pixels[at + 1] = clampByte(g + stray)
      pixels[at + 2] = clampByte(b + stray)
    }
  }
}

/** −1…1, mostly near 0: two even draws from one hash of the place (integer steps only, which a shader does exactly alike). */
export function noise(column: number, row: number): number {
  let hash = Math.imul(column, 0x1f123bb5) ^ Math.imul(row, 0x5f356495)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  hash ^= hash >>> 15
  return ((hash & 0xffff) + (hash >>> 16)) / 0xffff - 1
}

const clampByte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value))
