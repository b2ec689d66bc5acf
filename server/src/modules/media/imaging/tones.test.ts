import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { avifOfCodes, heicOfTone } from '@tintype/testkit/media/specimens'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeHeic } from './heic.ts'
import { processPhoto } from './process.ts'
import type { PhotoType } from './sniffed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-tones-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function shown(bytes: Buffer, type: PhotoType, edit = {}): Promise<Buffer> {
  const path = join(folder, 'picture')
  await writeFile(path, bytes)
  const task = { path, type, pixels: 0, edit, purpose: 'post', make: 'first' } as const
  return (await processPhoto(task)).renditions[0]?.bytes ?? Buffer.alloc(0)
}

type Rgb = readonly [number, number, number]
/** The middle of each patch. */
async function patchesOf(bytes: Buffer): Promise<Rgb[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  return Array.from({ length: info.width / 16 }, (_, patch) => {
    const at = (8 * info.width + 16 * patch + 8) * 3
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const
  })
}
/** sRGB, by number. */
const PLAIN = { primaries: 1, transfer: 13, matrix: 6 }
const grey = (code: number): Rgb => [code, code, code]

/** Half a step of an 8-bit code, AVIF, WebP and rounding. */
const NEAR = 4
/** Of no light but what coding leaves. */
const DARK = 25
const expectNear = (found: readonly Rgb[], wanted: readonly Rgb[]) => {
  expect(found).toHaveLength(wanted.length)
  const off = found.flatMap((rgb, patch) =>
    rgb.map((value, channel) => Math.abs(value - (wanted[patch]?.[channel] ?? 0))),
  )
  expect(Math.max(...off), `${JSON.stringify(found)} for ${JSON.stringify(wanted)}`).toBeLessThanOrEqual(NEAR)
}

/**
 * ITU-R BT.2408, table 1: an 18 % grey card is 26 cd/m² (PQ and HLG at 38 %), a white page 203 (PQ at 58 %, HLG at 75 %), the peak
 * 1000 (PQ at 75 %, HLG at 100 %). Mid-tones keep their light, 26 / 203 of white; the page, rolled off by BT.2390, leaves room for
 * highlights.
 */
const CARD = 100
const PAGE = 229

describe('a picture of a wide range', () => {
  it.each([
    ['PQ', 16, [0, 0.38, 0.58, 0.752, 1]],
    ['HLG', 18, [0, 0.38, 0.75, 1, 1]],
  ] as const)(
    'of %s has the tones it was made with',
    async (_, transfer, [black, card, page, peak, beyond]) => {
      const codes = [black, card, page, peak, beyond].map(grey)
      const file = await avifOfCodes(codes, { primaries: 9, transfer, matrix: 9 })
      const tones = await patchesOf(await shown(file, 'image/avif'))
      expectNear(tones, [0, CARD, PAGE, 255, 255].map(grey))
    },
  )

  it('of BT.2020 has the colours of sRGB where they lie within it', async () => {
    // BT.709's red, green and blue at 100 cd/m², in BT.2020 (ITU-R BT.2087) and PQ; 100 / 203 of white is 186 in sRGB.
    const codes = [
      [0.4621, 0.2713, 0.1766],
      [0.4013, 0.4997, 0.2897],
      [0.2378, 0.1566, 0.4971],
    ] as const
    const file = await avifOfCodes(codes, { primaries: 9, transfer: 16, matrix: 6 })
    const colours = await patchesOf(await shown(file, 'image/avif'))
    for (const [channel, colour] of colours.entries())
      for (const [other, value] of colour.entries())
        if (other === channel) expect(Math.abs(value - 186)).toBeLessThanOrEqual(NEAR)
        else expect(value, JSON.stringify(colours)).toBeLessThanOrEqual(DARK)
  })

  it('is filtered and turned like any other', async () => {
    const codes = [0.38, 0.58].map(grey)
    const file = await avifOfCodes(codes, { primaries: 9, transfer: 16, matrix: 9 })
    expectNear(await patchesOf(await shown(file, 'image/avif', { flip: true })), [PAGE, CARD].map(grey))
  })

  // Its codes are 187, 88, 67 of 255; the same formulas in doubles, without tables.
  it.each([
    ['PQ', 16, [255, 0, 0]],
    ['HLG', 18, [255, 56, 62]],
  ] as const)('in HEIC is mapped, too (%s)', async (_, transfer, tone) => {
    const file = await heicOfTone({ primaries: 9, transfer, matrix: 6 })
    expectNear([(await patchesOf(await shown(file, 'image/heic')))[1] ?? [0, 0, 0]], [tone])
  })
})

describe('a HEIC of 10 bits', () => {
  it('is read with all of them where they are needed', async () => {
    const path = join(folder, 'deep')
    await writeFile(path, await heicOfTone({ primaries: 9, transfer: 16, matrix: 6 }))
    const { rgba } = await decodeHeic(path, true)
    const tenBits = [...rgba.slice(0, 4)].map((code) => (code / 65_535) * 1023)
    expect(tenBits.map((code) => Math.round(code))).toEqual([750, 353, 269, 1023])
  })
})

describe('a picture of 10 bits and the usual range', () => {
  it('is as it was', async () => {
    const codes = [0, 0.25, 0.5, 1].map(grey)
    const file = await avifOfCodes(codes, PLAIN)
    expectNear(await patchesOf(await shown(file, 'image/avif')), [0, 64, 128, 255].map(grey))
  })
})

describe('a photograph with a gain map', () => {
  it('shows its base', async () => {
    const png = await sharp(await avifOfCodes([0.1, 0.5, 0.9].map(grey), PLAIN))
      .png()
      .toBuffer()
    // Its types do not know it yet.
    const image = sharp(png) as Sharp & { withGainMap(): Sharp }
    const file = await image.withGainMap().jpeg({ quality: 95 }).toBuffer()
    expect((await sharp(file).metadata()).gainMap).toBeDefined()
    expectNear(await patchesOf(await shown(file, 'image/jpeg')), await patchesOf(file))
    expect((await patchesOf(file))[1]?.[0]).toBeGreaterThan(100)
  })
})
