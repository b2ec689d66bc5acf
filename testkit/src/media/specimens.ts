import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { adobeRgb, iccProfile } from './icc-profile.ts'
import { type Orientation, quadrantsStoredAs } from './quadrants.ts'

/** Taken with a camera that knows where it was: a place, a name, a time. */
export const EXIF = {
  IFD0: { Make: 'Tintype Test', Model: 'Camera of Ana', Artist: 'Ana Private' },
  IFD2: { DateTimeOriginal: '2026:01:01 12:00:00' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 31/1 12/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 24/1 36/1',
  },
}

export const orientedJpeg = (orientation: Orientation): Promise<Buffer> =>
  quadrantsStoredAs(orientation).withExif(EXIF).withMetadata({ orientation }).jpeg({ quality: 92 }).toBuffer()

export const withGps = (format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Buffer> =>
  quadrantsStoredAs(1).withExif(EXIF).toFormat(format).toBuffer()

/** sRGB. Every wide-gamut specimen shows this colour, in other numbers. */
export const TONE = [200, 80, 60] as const
const tone = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: { r: TONE[0], g: TONE[1], b: TONE[2] } } })

export const displayP3Jpeg = (): Promise<Buffer> =>
  tone().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()

export const displayP3Avif = (): Promise<Buffer> =>
  tone().withIccProfile('p3').avif({ quality: 90, effort: 0 }).toBuffer()

export async function adobeRgbJpeg(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tintype-icc-'))
  try {
    const path = join(folder, 'adobe.icc')
    await writeFile(path, iccProfile(adobeRgb))
    return await tone().withIccProfile(path).jpeg({ quality: 95 }).toBuffer()
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const cmykJpeg = (): Promise<Buffer> =>
  tone().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer()
export const png16 = (): Promise<Buffer> => tone().toColourspace('rgb16').png().toBuffer()
export const greyJpeg = (): Promise<Buffer> => tone().greyscale().jpeg().toBuffer()

/** Left half transparent, right half the tone; eight-bit palette. */
export const palettePng = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 4, background: '#00000000' } })
    .composite([
      {
        input: { create: { width: 32, height: 48, channels: 3, background: { r: 200, g: 80, b: 60 } } },
        left: 32,
        top: 0,
      },
    ])
    .png({ palette: true })
    .toBuffer()

/** HEVC pictures, encoded with x265: nothing in npm can write one. 96 × 64 quadrants with GPS, as stored and turned by `irot`; 64 × 48 of the tone in Display P3. */
export const heic = (name: 'upright' | 'turned' | 'wide'): Promise<Buffer> =>
  readFile(new URL(`${name}.heic`, import.meta.url))

/** Two frames. */
/** Flagged as an animation, and of one frame. */
export async function oneFrameWebp(): Promise<Buffer> {
  const still = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#468' } })
    .webp()
    .toBuffer()
  const frame = Buffer.alloc(16)
  frame.writeUIntLE(31, 6, 3)
  frame.writeUIntLE(23, 9, 3)
  frame.writeUIntLE(100, 12, 3)
  const canvas = Buffer.alloc(10)
  canvas.writeUInt8(0x02, 0)
  canvas.writeUIntLE(31, 4, 3)
  canvas.writeUIntLE(23, 7, 3)
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    riffChunk('VP8X', canvas),
    riffChunk('ANIM', Buffer.alloc(6)),
    riffChunk('ANMF', Buffer.concat([frame, still.subarray(12)])),
  ])
  return riffChunk('RIFF', body)
}

function riffChunk(kind: string, body: Buffer): Buffer {
  const header = Buffer.from(`${kind}\0\0\0\0`, 'latin1')
  header.writeUInt32LE(body.length, 4)
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)])
}

export const animation = (format: 'gif' | 'webp'): Promise<Buffer> =>
  Promise.all(
    ['#c22', '#22c'].map((background) =>
      sharp({ create: { width: 32, height: 32, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  ).then((frames) =>
    sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer(),
  )

/** The upright HEIC, its colours declared to be of other primaries (ITU-T H.273). */
export async function heicOfPrimaries(primaries: number): Promise<Buffer> {
  const file = Buffer.from(await heic('upright'))
  file.writeUInt16BE(primaries, file.indexOf('colrnclx') + 8)
  return file
}

/** Numbers of ITU-T H.273. */
export interface Cicp {
  primaries: number
  transfer: number
  matrix: number
}

/** A 10-bit AVIF of patches side by side, 16 × 16 each, in RGB codes 0…1, that names its colours by number. */
export async function avifOfCodes(
  codes: readonly (readonly [number, number, number])[],
  cicp: Cicp,
): Promise<Buffer> {
  const width = 16 * codes.length
  const rgb = Buffer.from(
    Array.from({ length: width * 16 }, (_, at) =>
      (codes[(at % width) >> 4] ?? []).map((code) => Math.round(code * 255)),
    ).flat(),
  )
  const image = sharp(rgb, { raw: { width, height: 16, channels: 3 } }).withIccProfile('srgb')
  const coding = { quality: 95, bitdepth: 10, chromaSubsampling: '4:4:4' } as const
  return named(await image.avif(coding).toBuffer(), cicp)
}

/** The HEIC of one tone, which names its colours by number. */
export const heicOfTone = async (cicp: Cicp): Promise<Buffer> => named(Buffer.from(await heic('wide')), cicp)

/** Puts the numbers in the place of a profile, whose length they keep: a reader takes the seven bytes it knows. */
function named(file: Buffer, { primaries, transfer, matrix }: Cicp): Buffer {
  const at = Math.max(file.indexOf('colrrICC'), file.indexOf('colrprof'))
  if (at < 0) throw new Error('no profile to replace')
  file.write('nclx', at + 4, 'latin1')
  for (const [index, number] of [primaries, transfer, matrix].entries())
    file.writeUInt16BE(number, at + 8 + 2 * index)
  file.writeUInt8(0x80, at + 14)
  return file
}
