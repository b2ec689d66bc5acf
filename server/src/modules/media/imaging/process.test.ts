import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyToPixels, compileFilter, filterIds, type PhotoEdit } from '@tintype/contract'
import { photograph } from '@tintype/testkit/media/photographs'
import { type Orientation, readQuadrants } from '@tintype/testkit/media/quadrants'
import * as specimens from '@tintype/testkit/media/specimens'
import * as spoiled from '@tintype/testkit/media/spoiled'
import exifr from 'exifr'
import sharp from 'sharp'
import { thumbHashToAverageRGBA } from 'thumbhash'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImagingTask, processPhoto } from './process.ts'
import type { PhotoType } from './sniffed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-imaging-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function run(bytes: Buffer, kind: string, edit: PhotoEdit = {}, more: Partial<ImagingTask> = {}) {
  const path = join(folder, String(files++))
  await writeFile(path, bytes)
  const type = `image/${kind}` as PhotoType
  return processPhoto({ path, type, pixels: 0, edit, purpose: 'post', make: 'first', ...more })
}
const largest = async (...args: Parameters<typeof run>) =>
  (await run(...args)).renditions[0]?.bytes ?? Buffer.alloc(0)
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#468' } })
    .jpeg()
    .toBuffer()

/** A pixel of the middle row, or of the upper part of it where `y` says so. */
async function middle(file: Buffer, x = 0.75, y = 0.5): Promise<number[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * 3
  return [...data.subarray(start, start + 3)]
}
const near = (pixel: number[], expected: readonly number[]) =>
  pixel.reduce((most, value, channel) => Math.max(most, Math.abs(value - (expected[channel] ?? 0))), 0)

describe('upright', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[])('honours EXIF orientation %i', async (orientation) => {
    const out = await run(await specimens.orientedJpeg(orientation), 'jpeg')
    expect([out.width, out.height]).toEqual([96, 64])
    expect(await readQuadrants(out.renditions[0]?.bytes ?? Buffer.alloc(0))).toBe('RG/BW')
  })

  it('crops what is seen, not what is stored', async () => {
    const crop = { x: 0.5, y: 0, width: 0.5, height: 0.5 }
    for (const orientation of [1, 6, 7] as const) {
      const out = await run(await specimens.orientedJpeg(orientation), 'jpeg', { crop })
      expect([out.width, out.height]).toEqual([48, 32])
      expect(await readQuadrants(out.renditions[0]?.bytes ?? Buffer.alloc(0))).toBe('GG/GG')
    }
  })

  it('honours the rotation a HEIC carries, once', async () => {
    for (const name of ['upright', 'turned'] as const) {
      const out = await run(await specimens.heic(name), 'heic')
      expect([out.width, out.height]).toEqual([96, 64])
      expect(await readQuadrants(out.renditions[0]?.bytes ?? Buffer.alloc(0))).toBe('RG/BW')
    }
  })
})

describe('nothing private leaves', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'heic'] as const)(
    'no metadata in any output of a %s',
    async (kind) => {
      const bytes = kind === 'heic' ? await specimens.heic('upright') : await specimens.withGps(kind)
      if (kind === 'jpeg') expect((await exifr.gps(bytes)).latitude).toBeCloseTo(52.52)
      expect(bytes.includes('Tintype Test')).toBe(true)
      const outputs = [
        ...(await run(bytes, kind)).renditions,
        ...(await run(bytes, kind, { filter: 'amber' })).renditions,
        ...(await run(bytes, kind, {}, { purpose: 'avatar' })).renditions,
      ]
      expect(outputs.length).toBeGreaterThanOrEqual(3)
      for (const { bytes: output } of outputs) {
        expect(await exifr.parse(output, true).catch(() => undefined)).toBeUndefined()
        const { exif, xmp, iptc, icc } = await sharp(output).metadata()
        expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined])
        for (const trace of ['Tintype Test', 'Ana Private', 'GPS', 'EXIF'])
          expect(output.includes(trace)).toBe(false)
      }
    },
  )
})

describe('colour', () => {
  it.each([
    ['Display P3', specimens.displayP3Jpeg, 'jpeg', 4],
    ['Display P3 in an AVIF', specimens.displayP3Avif, 'avif', 4],
    ['Adobe RGB', specimens.adobeRgbJpeg, 'jpeg', 4],
    // A press profile maps perceptually, so the way there and back is not the identity; unconverted it would be 160.
    ['CMYK', specimens.cmykJpeg, 'jpeg', 24],
    ['16 bits', specimens.png16, 'png', 4],
    ['Display P3 in a HEIC', () => specimens.heic('wide'), 'heic', 4],
  ])('%s comes out as the sRGB it shows', async (_, specimen, kind, tolerance) => {
    const shown = await middle(await largest(await specimen(), kind))
    expect(near(shown, specimens.TONE)).toBeLessThanOrEqual(tolerance)
  })

  it('would be visibly wrong if profiles were ignored', async () => {
    for (const specimen of [await specimens.displayP3Jpeg(), await specimens.adobeRgbJpeg()]) {
      const stored = await sharp(specimen, { ignoreIcc: true }).raw().toBuffer()
      expect(near([...stored.subarray(0, 3)], specimens.TONE)).toBeGreaterThan(10)
    }
  })

  it('a colour space that a HEIC names by number is honoured', async () => {
    const plain = await middle(await largest(await specimens.heic('upright'), 'heic'), 0.25, 0.25)
    const wide = await middle(await largest(await specimens.heicOfPrimaries(12), 'heic'), 0.25, 0.25)
    expect((wide[0] ?? 0) - (plain[0] ?? 0)).toBeGreaterThan(8)
    expect(await largest(await specimens.heicOfPrimaries(1), 'heic')).toEqual(
      await largest(await specimens.heic('upright'), 'heic'),
    )
  })

  it('grey stays grey', async () => {
    const [r, g, b] = await middle(await largest(await specimens.greyJpeg(), 'jpeg'))
    expect(Math.max(Math.abs((r ?? 0) - (g ?? 0)), Math.abs((g ?? 0) - (b ?? 0)))).toBeLessThanOrEqual(2)
  })

  it('transparency is laid on white', async () => {
    const file = await largest(await specimens.palettePng(), 'png')
    expect((await sharp(file).metadata()).hasAlpha).toBe(false)
    expect(near(await middle(file, 0.25), [255, 255, 255])).toBeLessThanOrEqual(2)
    expect(near(await middle(file, 0.75), specimens.TONE)).toBeLessThanOrEqual(8)
  })
})

describe('sizes', () => {
  const sizesOf = async (...args: Parameters<typeof run>) =>
    (await run(...args)).renditions.map(({ width, height }) => `${width}x${height}`)

  it('are 1080, 640 and 150 wide, or as large where they are wide, never upscaled', async () => {
    expect(await sizesOf(await plain(1600, 2000), 'jpeg')).toEqual(['1080x1350', '640x800', '150x188'])
    expect(await sizesOf(await plain(2000, 1500), 'jpeg')).toEqual(['1247x935', '739x554', '173x130'])
    expect(await sizesOf(await plain(600, 900), 'jpeg')).toEqual(['600x900', '150x225'])
    expect(await sizesOf(await plain(150, 100), 'jpeg')).toEqual(['150x100'])
    expect(await sizesOf(await plain(20, 30), 'jpeg')).toEqual(['20x30'])
    expect(await sizesOf(await plain(5000, 16), 'jpeg')).toEqual(['5000x16', '2652x8'])
  })

  it('that follow are larger, and as large as they say', async () => {
    const later = { make: 'later' } as const
    const out = await run(await plain(2400, 3000), 'jpeg', {}, later)
    expect(
      out.renditions.map(({ width, height, content_type }) => `${content_type} ${width}x${height}`),
    ).toEqual([
      'image/webp 2048x2560',
      'image/webp 1440x1800',
      'image/avif 1440x1800',
      'image/avif 1080x1350',
      'image/avif 640x800',
    ])
    for (const { bytes, width, height } of out.renditions)
      expect(await sharp(bytes).metadata()).toMatchObject({ width, height })
    expect(await sizesOf(await plain(1000, 1250), 'jpeg', {}, later)).toEqual(['1000x1250', '640x800'])
    expect(await sizesOf(await plain(300, 200), 'jpeg', {}, later)).toEqual([])
  })

  it('of one that is made again are those it had', async () => {
    const make = { width: 864, height: 1080, content_type: 'image/webp' } as const
    expect(await sizesOf(await plain(3000, 3750), 'jpeg', {}, { make })).toEqual(['864x1080'])
  })

  it('of a crop never exceed what was cropped', async () => {
    const crop = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 }
    expect(await sizesOf(await plain(800, 600), 'jpeg', { crop })).toEqual(['400x300', '173x130'])
    expect(await sizesOf(await plain(4000, 3000), 'jpeg', { crop })).toEqual([
      '1247x935',
      '739x554',
      '173x130',
    ])
    expect(await sizesOf(await plain(100, 100), 'jpeg', { crop: { ...crop, width: 0.16 } })).toEqual([
      '16x50',
    ])
    await expect(
      run(await plain(100, 100), 'jpeg', { crop: { ...crop, width: 0.15 } }),
    ).rejects.toMatchObject({
      code: 'media_too_small',
    })
  })

  it('of avatars are squares', async () => {
    expect(await sizesOf(await plain(2000, 1000), 'jpeg', {}, { purpose: 'avatar' })).toEqual([
      '640x640',
      '320x320',
      '150x150',
    ])
  })

  it('keeps a small clean WebP as it came, and cuts the metadata out of one that is not clean', async () => {
    const source = sharp(await photograph('croissant')).resize(800)
    const clean = await source.clone().webp({ quality: 82 }).toBuffer()
    expect((await largest(clean, 'webp')).equals(clean)).toBe(true)
    const laden = await source.clone().webp({ quality: 82 }).withExif(specimens.EXIF).toBuffer()
    const kept = await largest(laden, 'webp')
    expect(await sharp(kept).raw().toBuffer()).toEqual(await sharp(laden).raw().toBuffer())
    expect(kept.length).toBeLessThan(laden.length)
    expect((await largest(clean, 'webp', { filter: 'noir' })).equals(clean)).toBe(false)
  })
})

describe('filters on the server', () => {
  it.each(['burano', 'croissant', 'red-tiles'] as const)(
    'show what the reference shows: %s',
    async (name) => {
      const bytes = await sharp(await photograph(name))
        .resize(300, 300, { fit: 'inside' })
        .png()
        .toBuffer()
      const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      for (const filter of filterIds.filter((id) => id !== 'original')) {
        const expected = new Uint8Array(data)
        applyToPixels(expected, info.width, info.height, compileFilter(filter, 0.9, { contrast: 0.2 }), 3)
        const edit: PhotoEdit = { filter, strength: 0.9, adjust: { contrast: 0.2 } }
        // WebP loses something of its own, so the reference goes through it too.
        const { width, height } = info
        const reference = await sharp(expected, { raw: { width, height, channels: 3 } })
          .webp({ quality: 80, effort: 2 })
          .toBuffer()
        const [shown, wanted] = await Promise.all([await largest(bytes, 'png', edit), reference].map(decoded))
        expect(near([...(shown ?? [])], [...(wanted ?? [])])).toBeLessThanOrEqual(2)
      }
    },
  )
})
const decoded = (file: Buffer) => sharp(file).removeAlpha().raw().toBuffer()

describe('while it loads', () => {
  it('has a thumbhash of the filtered picture and its fullest colour', async () => {
    const red = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c81e1e' } })
      .png()
      .toBuffer()
    const { thumbhash, dominant_color } = await run(red, 'png')
    expect(dominant_color).toBe('#c81e1e')
    const average = thumbHashToAverageRGBA(Buffer.from(thumbhash, 'base64'))
    expect(
      near(
        [average.r, average.g, average.b].map((value) => value * 255),
        [200, 30, 30],
      ),
    ).toBeLessThan(12)
    const grey = await run(red, 'png', { filter: 'noir' })
    expect(grey.thumbhash).not.toBe(thumbhash)
  })
})

describe('AVIF', () => {
  it('is smaller than the WebP of its size', async () => {
    const bytes = await sharp(await photograph('green-valley'))
      .resize(900)
      .jpeg()
      .toBuffer()
    const webp = [...(await run(bytes, 'jpeg')).renditions]
    const avif = (await run(bytes, 'jpeg', {}, { make: 'later' })).renditions
    expect(avif.length).toBeGreaterThan(0)
    for (const rendition of avif) {
      expect(rendition.content_type).toBe('image/avif')
      const same = webp.find(({ width }) => width === rendition.width)
      expect(rendition.bytes.length).toBeLessThan(same?.bytes.length ?? 0)
    }
  })
})

describe('files that cannot be read', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('a truncated %s', async (kind) => {
    await expect(run(await spoiled.truncated(kind), kind)).rejects.toMatchObject({
      code: expect.stringMatching(/^media_(truncated|corrupt)$/),
    })
  })

  it.each([
    ['a corrupt JPEG', spoiled.corruptJpeg, 'jpeg', /^media_(corrupt|truncated)$/],
    ['a bomb', async () => spoiled.pngBomb(), 'png', /^media_too_many_pixels$/],
    ['a page', async () => spoiled.html, 'png', /^media_corrupt$/],
    ['a truncated HEIC', () => spoiled.truncated('heic'), 'heic', /^media_(corrupt|truncated)$/],
    ['a HEIC bomb', spoiled.heicBomb, 'heic', /^media_(corrupt|too_many_pixels)$/],
  ] as const)('%s', async (_, bytes, kind, code) => {
    await expect(run(await bytes(), kind)).rejects.toMatchObject({ code: expect.stringMatching(code) })
  })
})
