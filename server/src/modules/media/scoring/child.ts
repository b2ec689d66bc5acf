/** The process that scores pictures. Started by scorer.ts. */
import sharp from 'sharp'
import { serveTasks } from '../decoder-child.ts'
import { type Gray, isWorthShowing, scoreOf as sharpness } from '../video/still-score.ts'
import { EDGE, lookAt } from './model.ts'
import type { Looked, ScoreTask } from './score.ts'

sharp.concurrency(1)
sharp.cache(false)

serveTasks(look)

async function look({ path, tiles }: ScoreTask): Promise<Looked> {
  const sheet = sharp(path)
    .resize(EDGE * tiles, EDGE, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
  const { data, info } = await sheet.raw().toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error(`a picture of ${info.channels} channels`)
  const looked: Looked = []
  for (const tile of sharpestOf(data, tiles))
    looked.push({ tile, shares: await lookAt(tileOf(data, tiles, tile)) })
  return looked
}

function tileOf(sheet: Uint8Array, tiles: number, tile: number): Uint8Array {
  const pixels = new Uint8Array(EDGE * EDGE * 3)
  for (let y = 0; y < EDGE; y++) {
    const from = (y * tiles + tile) * EDGE * 3
    pixels.set(sheet.subarray(from, from + EDGE * 3), y * EDGE * 3)
  }
  return pixels
}

/** Of several the sharper half, of those that show anything; a picture as it is. */
function sharpestOf(sheet: Uint8Array, tiles: number): number[] {
  if (tiles === 1) return [0]
  return Array.from({ length: tiles }, (_, tile) => ({ tile, gray: grayOf(tileOf(sheet, tiles, tile)) }))
    .filter(({ gray }) => isWorthShowing(gray))
    .map(({ tile, gray }) => ({ tile, sharp: sharpness(gray) }))
    .sort((a, b) => b.sharp - a.sharp)
    .slice(0, Math.ceil(tiles / 2))
    .map(({ tile }) => tile)
}

const grayOf = (rgb: Uint8Array): Gray => ({
  pixels: Buffer.from(
    Uint8Array.from({ length: EDGE * EDGE }, (_, at) => {
      const [r = 0, g = 0, b = 0] = rgb.subarray(at * 3, at * 3 + 3)
      return (r + 2 * g + b) / 4
    }),
  ),
  width: EDGE,
  height: EDGE,
})
