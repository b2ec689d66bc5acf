import { TintypeError } from '@tintype/contract/tintype-error'
import { type ByteSource, PAGE } from '../byte-source.ts'
import type { SniffedPhoto } from '../sniffed.ts'

const SOS = 0xda
const EOI = 0xd9
const hasNoLength = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
/** Start of frame, all codings; C4, C8 and CC are tables and extensions. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Walks the segments up to the first scan. */
export async function sniffJpeg(source: ByteSource): Promise<SniffedPhoto> {
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
  return walkScans(source, scan)
}

async function walkScans(source: ByteSource, scan: number): Promise<boolean> {
  for (let at = scan; at < source.size; ) {
    const page = await source.read(at, PAGE - (at % PAGE))
    let next = page.indexOf(0xff)
    while (next >= 0 && next < page.length) {
      const isWhole = next + 4 <= page.length
      const found = isWhole ? page.subarray(next, next + 4) : await source.read(at + next, 4)
      if (found[1] === EOI) return true
      const after = next + stepOver(found)
      next = after < page.length ? page.indexOf(0xff, after) : after
    }
    at += next < 0 ? page.length : next
  }
  return false
}

/** From one FF to where the next may be: over a segment with a length, a stuffed or restart byte, or a fill byte. */
function stepOver([, marker = 0, high = 0, low = 0]: Buffer): number {
  if (marker === 0xff) return 1
  return marker >= 0xc0 && !hasNoLength(marker) ? 2 + high * 256 + low : 2
}
