import { TintypeError } from '@tintype/contract/tintype-error'
import type { ByteSource } from '../byte-source.ts'
import type { SniffedPhoto } from '../sniffed.ts'

export const isWebp = (head: Buffer): boolean =>
  head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP'

/** `VP8X` carries the canvas and the animation flag; plain lossy and lossless files begin with the picture itself. */
export async function sniffWebp(source: ByteSource, head: Buffer): Promise<SniffedPhoto> {
  if (head.length < 30) throw new TintypeError('media_truncated')
  return {
    type: 'image/webp',
    ...sizeOf(head),
    animated: await isAnimated(source, head),
    complete: head.readUInt32LE(4) + 8 <= source.size + (source.size % 2),
  }
}

/** An animation of one frame is a still picture. */
async function isAnimated(source: ByteSource, head: Buffer): Promise<boolean> {
  if (head.toString('latin1', 12, 16) !== 'VP8X' || (head.readUInt8(20) & 0x02) === 0) return false
  let frames = 0
  for (let at = 12, chunks = 0; chunks < 1000; chunks++) {
    const header = await source.read(at, 8)
    if (header.length < 8) break
    if (header.toString('latin1', 0, 4) === 'ANMF') frames += 1
    if (frames > 1) return true
    const size = header.readUInt32LE(4)
    at += 8 + size + (size % 2)
  }
  return frames !== 1
}

function sizeOf(head: Buffer): { width: number; height: number } {
  const kind = head.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ' && head.readUIntBE(23, 3) === 0x9d012a)
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (kind === 'VP8L' && head[20] === 0x2f) {
    const bits = head.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  throw new TintypeError('media_corrupt')
}

const KEPT_CHUNKS = new Set(['VP8 ', 'VP8L', 'ALPH'])
/** Places in the `VP8X` flags: colour profile, EXIF, XMP. */
const METADATA_FLAGS = 0x20 | 0x08 | 0x04

/**
 * A still WebP without EXIF, XMP, colour profile and unknown chunks, picture untouched; undefined where the file is
 * not one, or its chunks do not add up.
 */
export function withoutMetadata(file: Buffer): Buffer | undefined {
  if (!isWebp(file)) return undefined
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= file.length; ) {
    const kind = file.toString('latin1', at, at + 4)
    const end = at + 8 + file.readUInt32LE(at + 4)
    if (end > file.length || kind === 'ANIM') return undefined
    const chunk = Buffer.from(file.subarray(at, end + ((end - at) % 2)))
    if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~METADATA_FLAGS
    if (kind === 'VP8X' || KEPT_CHUNKS.has(kind)) kept.push(chunk)
    at = end + ((end - at) % 2)
  }
  const body = Buffer.concat(kept)
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  header.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([header, body])
}
