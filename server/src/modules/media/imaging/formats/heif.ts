import { TintypeError } from '@tintype/contract/tintype-error'
import type { ByteSource } from '../byte-source.ts'
import type { PhotoType, SniffedPhoto } from '../sniffed.ts'
import { type HeifPicture, readMeta } from './boxes.ts'

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const AVIF_BRANDS = ['avif', 'avis']
/** A file whose first brand is one of these is a sequence. A still may list them among its compatible brands. */
const SEQUENCE_BRANDS = ['avis', 'hevc', 'hevx', 'hevm', 'hevs', 'msf1']
/** A picture's description takes kilobytes even with hundreds of tiles. */
const META_LIMIT = 4 * 1024 * 1024

/** HEIC, HEIF and AVIF share a container with MP4; the brands say which it is. */
export async function sniffHeif(source: ByteSource, head: Buffer): Promise<SniffedPhoto> {
  const brands = brandsOf(head)
  const type = typeOf(brands)
  const animated = SEQUENCE_BRANDS.includes(brands[0] ?? '')
  const { picture, complete } = await walkBoxes(source)
  if (!picture && animated) return { type, width: 16, height: 16, animated, complete }
  if (!picture) throw new TintypeError(complete ? 'media_corrupt' : 'media_truncated')
  return { type, width: picture.width, height: picture.height, animated, complete }
}

/** The description of the primary picture, from the file's `meta` box. */
export async function readHeifPicture(source: ByteSource): Promise<HeifPicture | undefined> {
  return (await walkBoxes(source)).picture
}

function typeOf(brands: string[]): PhotoType {
  // The major brand decides where it can; `mif1` leaves it to the compatible ones.
  for (const brand of brands) {
    if (AVIF_BRANDS.includes(brand)) return 'image/avif'
    if (HEIC_BRANDS.includes(brand)) return 'image/heic'
  }
  throw new TintypeError('media_type_unsupported')
}

/** Major brand first. */
function brandsOf(head: Buffer): string[] {
  const end = Math.min(head.readUInt32BE(0), head.length)
  const brands = [head.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  return brands
}

async function walkBoxes(
  source: ByteSource,
): Promise<{ picture: HeifPicture | undefined; complete: boolean }> {
  let picture: HeifPicture | undefined
  let hasData = false
  let at = 0
  for (let boxes = 0; at < source.size && boxes < 1000; boxes++) {
    const header = await source.read(at, 16)
    if (header.length < 8) break
    if (header.toString('latin1', 4, 8) === 'mdat') hasData = true
    const short = header.readUInt32BE(0)
    const size =
      short === 0
        ? source.size - at
        : short === 1 && header.length === 16
          ? Number(header.readBigUInt64BE(8))
          : short
    if (size < 8) throw new TintypeError('media_corrupt')
    if (header.toString('latin1', 4, 8) === 'meta' && at + size <= source.size) {
      if (size > META_LIMIT) throw new TintypeError('media_corrupt')
      const meta = await source.read(at + 8, size - 8)
      picture ??= readMeta(meta)
      // Small pictures may lie in the description itself.
      hasData ||= meta.includes('idat')
    }
    at += size
  }
  return { picture, complete: hasData && (at === source.size || (at < source.size && picture !== undefined)) }
}
