import { TintypeError } from '@tintype/contract/tintype-error'
import { type ByteSource, PAGE } from '../byte-source.ts'
import type { SniffedPhoto } from '../sniffed.ts'

const END = Buffer.from('0000000049454e44ae426082', 'hex')

/** The header is the first chunk; an APNG says so (`acTL`) before the first picture data. */
export async function sniffPng(source: ByteSource, head: Buffer): Promise<SniffedPhoto> {
  if (head.length < 33) throw new TintypeError('media_truncated')
  if (head.toString('latin1', 12, 16) !== 'IHDR') throw new TintypeError('media_corrupt')
  const width = head.readUInt32BE(16)
  const height = head.readUInt32BE(20)
  if (width * height === 0) throw new TintypeError('media_corrupt')
  return {
    type: 'image/png',
    width,
    height,
    animated: await isAnimated(source),
    complete: await hasEnd(source),
  }
}

async function isAnimated(source: ByteSource): Promise<boolean> {
  for (let at = 8, chunks = 0; chunks < 1000; chunks++) {
    const header = await source.read(at, 12)
    if (header.length < 12) return false
    const kind = header.toString('latin1', 4, 8)
    if (kind === 'acTL') return header.readUInt32BE(8) > 1
    if (kind === 'IDAT') return false
    at += 12 + header.readUInt32BE(0)
  }
  return false
}

async function hasEnd(source: ByteSource): Promise<boolean> {
  return (await source.read(Math.max(0, source.size - PAGE), PAGE)).includes(END)
}
