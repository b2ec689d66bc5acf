import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { type Pixels, rawOf } from './icc.ts'
import { greyLevels, pictureHashes } from './picture-hash.ts'

export interface Summary {
  /** Base64. */
  thumbhash: string
  /** `#rrggbb` */
  dominant_color: string
  /** See picture-hash.ts. */
  hashes: string[]
}

/** What stands in for the picture while it loads. ThumbHash takes at most 100 × 100. */
export async function summarize(pixels: Pixels): Promise<Summary> {
  const { data, info } = await sharp(pixels.rgb, rawOf(pixels))
    .resize(100, 100, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const thumbhash = Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
  const hashes = pictureHashes(greyLevels(data, info))
  return { thumbhash, dominant_color: dominantColor(data), hashes }
}

/** The mean of the fullest of 512 colour cells (8 steps a channel). */
export function dominantColor(rgba: Uint8Array): string {
  const cells = new Map<number, [count: number, r: number, g: number, b: number]>()
  for (let i = 0; i + 3 < rgba.length; i += 4) {
    const [r = 0, g = 0, b = 0] = rgba.subarray(i, i + 3)
    const key = ((r >> 5) << 6) | ((g >> 5) << 3) | (b >> 5)
    const cell = cells.get(key) ?? [0, 0, 0, 0]
    cells.set(key, [cell[0] + 1, cell[1] + r, cell[2] + g, cell[3] + b])
  }
  const [count, ...sums] = [...cells.values()].reduce((a, b) => (b[0] > a[0] ? b : a), [0, 0, 0, 0])
  const hex = (sum: number) =>
    Math.round(sum / Math.max(1, count))
      .toString(16)
      .padStart(2, '0')
  return `#${sums.map(hex).join('')}`
}
