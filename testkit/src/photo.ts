import { createHash } from 'node:crypto'
import sharp from 'sharp'

export interface Photo {
  bytes: Buffer
  content_type: string
  size: number
  sha256: string
}

interface Look {
  width?: number
  height?: number
  format?: 'jpeg' | 'png'
}

/** A small photograph-like picture; the same seed gives the same one, another seed another one. */
export async function photo(
  seed = 1,
  { width = 320, height = 240, format = 'jpeg' }: Look = {},
): Promise<Photo> {
  const hue = (seed * 67) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 60% 60%)"/><stop offset="1" stop-color="hsl(${hue + 90} 50% 20%)"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="${20 + ((seed * 31) % 60)}%" cy="40%" r="15%" fill="hsl(${hue + 180} 70% 70%)"/></svg>`
  return photoOf(await sharp(Buffer.from(svg))[format]({ quality: 85 }).toBuffer(), `image/${format}`)
}

/** A picture with a hundred things in it, as a seed has them: enough to tell it by what it looks like. */
export async function scenery(seed: number): Promise<Photo> {
  let state = seed
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const things = Array.from({ length: 100 }, () => {
    const [grey, blue] = [Math.floor(next() * 256), Math.floor(next() * 256)]
    return `<circle cx="${next() * 640}" cy="${next() * 480}" r="${20 + next() * 90}" fill="rgb(${grey},${grey},${blue})"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#777"/>${things.join('')}</svg>`
  return photoOf(await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer(), 'image/jpeg')
}

/** Any bytes, announced truthfully. */
export const photoOf = (bytes: Buffer, content_type: string): Photo => ({
  bytes,
  content_type,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})
