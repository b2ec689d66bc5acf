import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Pixels, 8-bit RGB, three bytes each. */
export interface Pixels {
  rgb: Buffer
  width: number
  height: number
}

export const rawOf = ({ width, height }: Pixels) => ({ raw: { width, height, channels: 3 as const } })

/**
 * Converts pixels that were decoded without their colour profile to sRGB. libvips reads a profile only from a file,
 * so they pass through an uncompressed PNG in memory; at rendition size that costs about 10 ms.
 */
export async function toSrgb(pixels: Pixels, profile: Buffer): Promise<Pixels> {
  const png = await sharp(pixels.rgb, rawOf(pixels))
    .png({ compressionLevel: 0, adaptiveFiltering: false })
    .toBuffer()
  const rgb = await sharp(withProfile(png, profile)).toColourspace('srgb').removeAlpha().raw().toBuffer()
  return { ...pixels, rgb }
}

const IHDR_END = 33

/** Puts an `iCCP` chunk right after the header. */
function withProfile(png: Buffer, profile: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(profile, { level: 1 })])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return Buffer.concat([png.subarray(0, IHDR_END), chunk, png.subarray(IHDR_END)])
}

let displayP3: Promise<Buffer> | undefined

/** The Display P3 profile that libvips carries: for files that name the colour space by number only. */
export function displayP3Profile(): Promise<Buffer> {
  displayP3 ??= (async () => {
    const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
    const { icc } = await sharp(await dot.withIccProfile('p3').png().toBuffer()).metadata()
    if (!icc) throw new Error('libvips came without its Display P3 profile')
    return icc
  })()
  return displayP3
}
