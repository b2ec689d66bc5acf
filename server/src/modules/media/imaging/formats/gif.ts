import { TintypeError } from '@tintype/contract/tintype-error'
import type { ByteSource } from '../byte-source.ts'
import type { SniffedPhoto } from '../sniffed.ts'

/** Walks the blocks until a second picture or the end. */
export async function sniffGif(source: ByteSource, head: Buffer): Promise<SniffedPhoto> {
  if (head.length < 13) throw new TintypeError('media_truncated')
  const found: SniffedPhoto = {
    type: 'image/gif',
    width: head.readUInt16LE(6),
    height: head.readUInt16LE(8),
    animated: false,
    complete: false,
  }
  let frames = 0
  for (let at = 13 + tableLength(head.readUInt8(10)); !found.animated && !found.complete; ) {
    const block = await source.read(at, 10)
    if (block.length === 0) return found
    if (block[0] === 0x3b) found.complete = frames > 0
    if (block[0] === 0x3b && frames === 0) throw new TintypeError('media_corrupt')
    else if (block[0] === 0x21) at = await afterSubBlocks(source, at + 2)
    else if (block[0] === 0x2c && block.length === 10) {
      frames += 1
      found.animated = frames > 1
      // A frame may be larger than the screen it is drawn on; the bomb check must see the larger.
      found.width = Math.max(found.width, block.readUInt16LE(5))
      found.height = Math.max(found.height, block.readUInt16LE(7))
      at = await afterSubBlocks(source, at + 10 + tableLength(block.readUInt8(9)) + 1)
    } else if (block[0] !== 0x3b)
      throw new TintypeError(block.length < 10 ? 'media_truncated' : 'media_corrupt')
  }
  return { ...found, complete: true }
}

const tableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

async function afterSubBlocks(source: ByteSource, start: number): Promise<number> {
  let at = start
  while (at < source.size) {
    const length = (await source.read(at, 1))[0] ?? 0
    at += 1 + length
    if (length === 0) return at
  }
  return source.size
}
