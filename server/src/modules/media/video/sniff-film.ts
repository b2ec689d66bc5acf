import { TintypeError } from '@tintype/contract/tintype-error'
import type { ByteSource } from '../imaging/byte-source.ts'
import { sniff } from '../imaging/sniff.ts'
import type { PhotoType } from '../imaging/sniffed.ts'
import type { Container } from './source.ts'

export type FilmType =
  | 'video/mp4'
  | 'video/quicktime'
  | 'video/3gpp'
  | 'video/webm'
  | 'video/x-matroska'
  | 'video/x-msvideo'
  | 'audio/ogg'
  | PhotoType

/** What the bytes say of a film or a recording; nothing of it needed a decoder. */
export interface SniffedFilm {
  type: FilmType
  container: Container
  /** Where the file says so. */
  seconds: number | undefined
  /** Undefined where only a decoder knows. */
  hasPicture: boolean | undefined
  /** False when the end of the file is missing. */
  complete: boolean
}

/** First brands of files that are pictures, which share their container with films. */
const STILL_BRANDS = [
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'hevm',
  'hevs',
  'avif',
  'avis',
  'mif1',
  'msf1',
]
/** Old films begin without saying what they are. */
const ATOMS = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

/** Rejects with `media_type_mismatch` where it is no film; with `media_truncated` and `media_corrupt` where it is a spoiled one. */
export async function sniffFilm(source: ByteSource): Promise<SniffedFilm> {
  const head = await source.read(0, 64)
  const text = (start: number, end: number) => head.toString('latin1', start, end)
  if (head.length >= 16 && text(4, 8) === 'ftyp') {
    if (STILL_BRANDS.includes(text(8, 12))) throw new TintypeError('media_type_mismatch')
    return sniffMov(source, typeOfBrand(text(8, 12)))
  }
  if (head.length >= 16 && ATOMS.includes(text(4, 8)) && head.readUInt32BE(0) >= 8)
    return sniffMov(source, 'video/quicktime')
  if (text(0, 4) === '\x1aE\xdf\xa3') return sniffMatroska(source)
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ') return sniffAvi(source, head)
  if (text(0, 4) === 'OggS') return { ...unknown, type: 'audio/ogg', container: 'ogg', hasPicture: false }
  return sniffLoop(source, head)
}

const unknown = { seconds: undefined, hasPicture: undefined, complete: true }

function typeOfBrand(brand: string): FilmType {
  if (brand === 'qt  ') return 'video/quicktime'
  return /^3g/.test(brand) ? 'video/3gpp' : 'video/mp4'
}

const loops: Partial<Record<PhotoType, Container>> = {
  'image/gif': 'gif',
  'image/png': 'apng',
  'image/webp': 'webp_anim',
}

/** A picture that moves. */
async function sniffLoop(source: ByteSource, head: Buffer): Promise<SniffedFilm> {
  const mayMove = head[0] === 0x47 || head[0] === 0x89 || head[0] === 0x52
  const found = mayMove ? await sniff(source) : undefined
  const container = found && loops[found.type]
  if (!found?.animated || !container) throw new TintypeError('media_type_mismatch')
  return { type: found.type, container, seconds: undefined, hasPicture: true, complete: found.complete }
}

async function sniffAvi(source: ByteSource, head: Buffer): Promise<SniffedFilm> {
  const complete = head.readUInt32LE(4) + 8 <= source.size + 1
  return { ...unknown, type: 'video/x-msvideo', container: 'avi', complete }
}

async function sniffMatroska(source: ByteSource): Promise<SniffedFilm> {
  const isWebm = (await source.read(0, 128)).includes('webm')
  return { ...unknown, type: isWebm ? 'video/webm' : 'video/x-matroska', container: 'matroska' }
}

interface Atom {
  kind: string
  /** Of what is in it. */
  start: number
  end: number
}

async function* atomsIn(source: ByteSource, start: number, end: number): AsyncGenerator<Atom> {
  for (let at = start, count = 0; at + 8 <= end && count < 10_000; count++) {
    const header = await source.read(at, 16)
    if (header.length < 8) return
    const short = header.readUInt32BE(0)
    const isLong = short === 1 && header.length === 16
    const size = short === 0 ? end - at : isLong ? Number(header.readBigUInt64BE(8)) : short
    if (size < 8) throw new TintypeError('media_corrupt')
    yield { kind: header.toString('latin1', 4, 8), start: at + (isLong ? 16 : 8), end: at + size }
    at += size
  }
}

async function sniffMov(source: ByteSource, type: FilmType): Promise<SniffedFilm> {
  let description: Atom | undefined
  let complete = true
  let hasData = false
  for await (const atom of atomsIn(source, 0, source.size)) {
    if (atom.end > source.size) complete = false
    if (atom.kind === 'moov') description = atom
    if (atom.kind === 'mdat' || atom.kind === 'moof') hasData = true
  }
  if (!description || !hasData || description.end > source.size) throw new TintypeError('media_truncated')
  return { type, container: 'mov', complete, ...(await describe(source, description)) }
}

async function describe(
  source: ByteSource,
  { start, end }: Atom,
): Promise<Pick<SniffedFilm, 'seconds' | 'hasPicture'>> {
  let seconds: number | undefined
  let hasPicture = false
  for await (const atom of atomsIn(source, start, Math.min(end, source.size))) {
    if (atom.kind === 'mvhd') seconds = await lengthOf(source, atom)
    if (atom.kind === 'trak') hasPicture ||= await isPicture(source, atom)
  }
  // What is written as it is filmed says of no length.
  return { seconds: seconds || undefined, hasPicture }
}

async function lengthOf(source: ByteSource, { start }: Atom): Promise<number> {
  const body = await source.read(start, 32)
  if (body.length < 32) return 0
  const [scale, length] =
    body[0] === 1
      ? [body.readUInt32BE(20), Number(body.readBigUInt64BE(24))]
      : [body.readUInt32BE(12), body.readUInt32BE(16)]
  return scale === 0 || length >= 0xffffffff ? 0 : length / scale
}

async function isPicture(source: ByteSource, trak: Atom): Promise<boolean> {
  for await (const mdia of atomsIn(source, trak.start, trak.end))
    if (mdia.kind === 'mdia')
      for await (const hdlr of atomsIn(source, mdia.start, mdia.end))
        if (hdlr.kind === 'hdlr') return (await source.read(hdlr.start + 8, 4)).toString('latin1') === 'vide'
  return false
}
