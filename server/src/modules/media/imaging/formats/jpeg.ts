import { TintypeError } from '@tintype/contract'
import { type ByteSource, PAGE } from '../byte-source.ts'
import type { Sniffed } from '../sniff.ts'

const SOS = 0xda
const EOI = 0xd9
const hasNoLength = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
/** Start of frame, all codings; C4, C8 and CC are tables and extensions. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Walks the segments up to the first scan. */
export async function sniffJpeg(source: ByteSource): Promise<Sniffed> {
  let size: { width: number; height: number } | undefined
  for (let at = 2, segments = 0; segments < 2000; segments++) {
    const header = await source.read(at, 9)
    if (header.length < 4) throw new TintypeError('media_truncated')
    if (header[0] !== 0xff) throw new TintypeError('media_corrupt')
    const marker = header.readUInt8(1)
    if (marker === 0xff) at += 1
    else if (hasNoLength(marker)) at += 2
    else if (marker === EOI) throw new TintypeError('media_corrupt')
    else {
      if (isFrame(marker) && header.length === 9)
        size = { height: header.readUInt16BE(5), width: header.readUInt16BE(7) }
      if (marker === SOS) {
        if (!size || size.width * size.height === 0) throw new TintypeError('media_corrupt')
        return { type: 'image/jpeg', ...size, animated: false, complete: await hasEnd(source, at) }
      }
      at += 2 + header.readUInt16BE(2)
    }
  }
  throw new TintypeError('media_corrupt')
}

/**
 * Nearly every file ends with the end marker. Where something follows it (a phone's video of the same moment, a second
 * picture), the scans are walked: inside them FF is always followed by 00 or a restart, so the marker cannot be mistaken.
 */
async function hasEnd(source: ByteSource, scan: number): Promise<boolean> {
  const tail = await source.read(Math.max(scan, source.size - 64), 64)
  let end = tail.length
  while (end > 0 && (tail[end - 1] === 0 || tail[end - 1] === 0x0a || tail[end - 1] === 0x0d)) end--
  if (tail[end - 1] === EOI && tail[end - 2] === 0xff) return true
  for (let at = scan; at < source.size; ) {
    const chunk = await source.read(at, PAGE)
    const found = chunk.indexOf(0xff)
    if (found < 0) at += chunk.length
    else {
      const [, marker = 0, high = 0, low = 0] = await source.read(at + found, 4)
      if (marker === EOI) return true
      const isSegment = marker >= 0xc0 && marker !== 0xff && !hasNoLength(marker)
      at += found + (isSegment ? 2 + high * 256 + low : marker === 0xff ? 1 : 2)
    }
  }
  return false
}
