import sharp, { type Sharp } from 'sharp'

/** Four colours, told apart however hard a codec presses: red, green, blue, white; top left first. */
const colours = { R: [200, 40, 40], G: [40, 160, 60], B: [40, 60, 190], W: [235, 235, 235] } as const
type Letter = keyof typeof colours

/** How `RG/BW` must be stored so that it shows upright, by EXIF orientation (CIPA DC-008, 4.6.5.1 A). */
export const storedAs = {
  1: 'RG/BW',
  2: 'GR/WB',
  3: 'WB/GR',
  4: 'BW/RG',
  5: 'RB/GW',
  6: 'GW/RB',
  7: 'WG/BR',
  8: 'BR/WG',
} as const
export type Orientation = keyof typeof storedAs

/** Uncompressed, quadrants of 48 × 32 (of the picture that shows, 96 × 64). */
export function quadrantsStoredAs(orientation: Orientation): Sharp {
  const isTurned = orientation >= 5
  const [width, height] = isTurned ? [64, 96] : [96, 64]
  const rows = storedAs[orientation].split('/')
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const letter = rows[y < height / 2 ? 0 : 1]?.[x < width / 2 ? 0 : 1] as Letter
      pixels.set(colours[letter], (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** What a picture shows, as `RG/BW`. */
export async function readQuadrants(file: Buffer): Promise<string> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (fx: number, fy: number) => {
    const start = (Math.floor(info.height * fy) * info.width + Math.floor(info.width * fx)) * 3
    return nearest([...data.subarray(start, start + 3)])
  }
  return `${at(0.25, 0.25)}${at(0.75, 0.25)}/${at(0.25, 0.75)}${at(0.75, 0.75)}`
}

function nearest(pixel: number[]): Letter {
  const distance = (letter: Letter) =>
    colours[letter].reduce((sum, value, channel) => sum + (value - (pixel[channel] ?? 0)) ** 2, 0)
  return (Object.keys(colours) as Letter[]).reduce((best, letter) =>
    distance(letter) < distance(best) ? letter : best,
  )
}
