import type { photoTypes, videoTypes } from '@tintype/contract'

export type PhotoType = (typeof photoTypes)[number]

export type FilmType = (typeof videoTypes)[number]

export type PictureKind = { type: PhotoType; animated: boolean } | { film: FilmType } | 'other'

/** What a file is by its bytes: names and announced types lie, of phones and mail programs above all. */
export async function pictureKind(file: Blob): Promise<PictureKind> {
  const head = await bytesOf(file, 0, 64)
  if (head.starts(0, '\xff\xd8\xff')) return { type: 'image/jpeg', animated: false }
  if (head.starts(0, '\x89PNG\r\n\x1a\n')) return { type: 'image/png', animated: await isAnimatedPng(file) }
  if (head.starts(0, 'GIF87a') || head.starts(0, 'GIF89a'))
    return { type: 'image/gif', animated: await isAnimatedGif(file) }
  if (head.starts(0, 'RIFF') && head.starts(8, 'WEBP'))
    return { type: 'image/webp', animated: await isAnimatedWebp(file) }
  if (head.starts(4, 'ftyp')) return kindByBrands(brandsOf(head))
  return filmKind(head) ?? 'other'
}

/** Chunks or blocks looked at before a file is taken for a still picture. */
const MOST_CHUNKS = 10_000

class Bytes {
  readonly #view: DataView
  constructor(buffer: ArrayBuffer) {
    this.#view = new DataView(buffer)
  }
  get length(): number {
    return this.#view.byteLength
  }
  /** 0 beyond the end. */
  byte(at: number): number {
    return at < this.length ? this.#view.getUint8(at) : 0
  }
  uint32(at: number, littleEndian = false): number {
    return at + 4 <= this.length ? this.#view.getUint32(at, littleEndian) : 0
  }
  text(at: number, length = 4): string {
    return String.fromCharCode(...Array.from({ length }, (_, index) => this.byte(at + index)))
  }
  starts(at: number, text: string): boolean {
    return this.text(at, text.length) === text
  }
}

const bytesOf = async (file: Blob, start: number, length: number): Promise<Bytes> =>
  new Bytes(await file.slice(start, start + length).arrayBuffer())

/** An APNG says before its first picture how many follow. */
async function isAnimatedPng(file: Blob): Promise<boolean> {
  for (let at = 8, chunks = 0; at < file.size && chunks < MOST_CHUNKS; chunks++) {
    const chunk = await bytesOf(file, at, 12)
    if (chunk.starts(4, 'acTL')) return chunk.uint32(8) > 1
    if (chunk.starts(4, 'IDAT')) return false
    at += 12 + chunk.uint32(0)
  }
  return false
}

/** An animation of one frame is a still picture. */
async function isAnimatedWebp(file: Blob): Promise<boolean> {
  const head = await bytesOf(file, 12, 9)
  if (!head.starts(0, 'VP8X') || (head.byte(8) & 2) === 0) return false
  let frames = 0
  for (let at = 12, chunks = 0; at < file.size && frames < 2 && chunks < MOST_CHUNKS; chunks++) {
    const chunk = await bytesOf(file, at, 8)
    if (chunk.starts(0, 'ANMF')) frames += 1
    const size = chunk.uint32(4, true)
    at += 8 + size + (size % 2)
  }
  return frames !== 1
}

/** Walks the blocks until a second picture; read whole, as they are many and small. */
async function isAnimatedGif(file: Blob): Promise<boolean> {
  const bytes = await bytesOf(file, 0, file.size)
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const afterSubBlocks = (start: number) => {
    let at = start
    while (bytes.byte(at) > 0) at += 1 + bytes.byte(at)
    return at + 1
  }
  let frames = 0
  for (let at = 13 + table(bytes.byte(10)); at < bytes.length; ) {
    const block = bytes.byte(at)
    if (block === 0x21) at = afterSubBlocks(at + 2)
    else if (block === 0x2c) {
      frames += 1
      if (frames > 1) return true
      at = afterSubBlocks(at + 11 + table(bytes.byte(at + 9)))
    } else return false
  }
  return false
}

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const SEQUENCE_BRANDS = ['avis', 'hevc', 'hevx', 'hevm', 'hevs', 'msf1']

/** Major brand first; HEIC and AVIF share their container with MP4. */
function brandsOf(head: Bytes): string[] {
  const end = Math.min(head.uint32(0), head.length)
  const brands = [head.text(8)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.text(at))
  return brands
}

function kindByBrands(brands: string[]): PictureKind {
  const animated = SEQUENCE_BRANDS.includes(brands[0] ?? '')
  for (const brand of brands) {
    if (brand === 'avif' || brand === 'avis') return { type: 'image/avif', animated }
    if (HEIC_BRANDS.includes(brand)) return { type: 'image/heic', animated }
  }
  if (brands[0] === 'qt  ') return { film: 'video/quicktime' }
  return { film: brands[0]?.startsWith('3g') ? 'video/3gpp' : 'video/mp4' }
}

/** Containers that are films whatever is in them. */
function filmKind(head: Bytes): PictureKind | undefined {
  if (head.starts(0, '\x1a\x45\xdf\xa3'))
    return { film: head.text(0, 64).includes('webm') ? 'video/webm' : 'video/x-matroska' }
  if (head.starts(0, 'RIFF') && head.starts(8, 'AVI ')) return { film: 'video/x-msvideo' }
  const isOldMovie = ['moov', 'mdat', 'wide'].some((atom) => head.starts(4, atom))
  return isOldMovie ? { film: 'video/quicktime' } : undefined
}
