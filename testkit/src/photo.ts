import { createHash } from 'node:crypto'
import sharp from 'sharp'

export interface Photo {
  bytes: Buffer
  content_type: string
  size: number
  sha256: string
}

/** A small photograph-like JPEG; the same seed gives the same picture, another seed another one. */
export async function photo(
  seed = 1,
  size: { width: number; height: number } = { width: 320, height: 240 },
): Promise<Photo> {
  const hue = (seed * 67) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 60% 60%)"/><stop offset="1" stop-color="hsl(${hue + 90} 50% 20%)"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="${20 + ((seed * 31) % 60)}%" cy="40%" r="15%" fill="hsl(${hue + 180} 70% 70%)"/></svg>`
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer()
  return {
    bytes,
    content_type: 'image/jpeg',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
