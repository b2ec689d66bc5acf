import { TintypeError } from '@tintype/contract'
import { photograph } from '@tintype/testkit/media/photographs'
import { storedAs } from '@tintype/testkit/media/quadrants'
import * as specimens from '@tintype/testkit/media/specimens'
import * as spoiled from '@tintype/testkit/media/spoiled'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { ByteSource, PAGE } from './byte-source.ts'
import { checkPhoto, sniff } from './sniff.ts'

const look = (bytes: Buffer) => sniff(ByteSource.of(bytes))
/** The code a file is refused with, or "taken". */
async function verdict(bytes: Buffer): Promise<string> {
  try {
    checkPhoto(await look(bytes))
    return 'taken'
  } catch (error) {
    if (error instanceof TintypeError) return error.code
    throw error
  }
}
const plain = (format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif', width = 61, height = 37) =>
  sharp({ create: { width, height, channels: 3, background: '#468' } })
    .toFormat(format)
    .toBuffer()

describe('what a file really is', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('knows %s and its size', async (format) => {
    expect(await look(await plain(format))).toEqual({
      type: `image/${format}`,
      width: 61,
      height: 37,
      animated: false,
      complete: true,
    })
  })

  it('knows HEIC, and both forms of WebP besides the plain one', async () => {
    expect(await look(await specimens.heic('upright'))).toMatchObject({
      type: 'image/heic',
      width: 96,
      complete: true,
    })
    const source = sharp({ create: { width: 61, height: 37, channels: 4, background: '#46880080' } })
    for (const options of [{ lossless: true }, { quality: 50 }])
      expect(await look(await source.clone().webp(options).toBuffer())).toMatchObject({
        width: 61,
        height: 37,
      })
  })

  it('reads a real photograph in a few pages, not whole', async () => {
    const bytes = await photograph('burano')
    let fetched = 0
    const source = new ByteSource(bytes.length, async (start, end) => {
      fetched += end - start + 1
      return bytes.subarray(start, end + 1)
    })
    expect(await sniff(source)).toMatchObject({ type: 'image/jpeg', complete: true })
    expect(fetched).toBeLessThanOrEqual(3 * PAGE)
  })

  it('takes progressive, metadata-laden and grey JPEGs, and those with something behind their end', async () => {
    const progressive = await sharp(await photograph('deer'))
      .jpeg({ progressive: true })
      .toBuffer()
    const followed = Buffer.concat([progressive, Buffer.alloc(5000, 'motion photo')])
    for (const bytes of [progressive, followed, await specimens.withGps('jpeg'), await specimens.greyJpeg()])
      expect(await verdict(bytes)).toBe('taken')
  })

  it('takes an animation of one frame', async () => {
    expect(await verdict(await specimens.oneFrameWebp())).toBe('taken')
    expect(await verdict(await spoiled.apng(1))).toBe('taken')
    expect(await verdict(await plain('gif'))).toBe('taken')
  })
})

describe('what is refused without decoding', () => {
  it.each([
    ['empty', Buffer.alloc(0), 'media_empty'],
    ['SVG', spoiled.svg, 'media_type_unsupported'],
    ['a page', spoiled.html, 'media_type_unsupported'],
    ['a PDF', spoiled.pdf, 'media_type_unsupported'],
    ['text', spoiled.nonsense, 'media_type_mismatch'],
    ['three bytes', Buffer.from([0xff, 0xd8, 0xff]), 'media_type_mismatch'],
  ])('%s', async (_, bytes, code) => {
    expect(await verdict(bytes)).toBe(code)
  })

  it('a video in the container of HEIC', async () => {
    const mp4 = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08mdat', 'latin1')
    expect(await verdict(mp4)).toBe('media_type_unsupported')
  })

  it.each(Object.keys(spoiled.polyglots))('%s', async (name) => {
    const bytes = (await spoiled.polyglots[name]?.()) ?? Buffer.alloc(0)
    expect(await verdict(bytes)).toBe('media_type_unsupported')
  })

  it.each(Object.keys(spoiled.animated))('moving pictures: %s', async (type) => {
    expect(await verdict((await spoiled.animated[type]?.()) ?? Buffer.alloc(0))).toBe('media_animated')
  })

  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'heic'] as const)(
    'a %s whose end is missing',
    async (format) => {
      expect(await verdict(await spoiled.truncated(format))).toBe('media_truncated')
    },
  )

  it('any beginning of a file: never taken, never another error than a coded one', async () => {
    for (const bytes of [
      await specimens.withGps('jpeg'),
      await specimens.palettePng(),
      await specimens.heic('upright'),
    ]) {
      for (let length = 1; length < bytes.length - 2; length += 7) {
        const code = await verdict(bytes.subarray(0, length))
        expect(code).toMatch(/^media_/)
      }
    }
  })

  it('bombs, by what their headers claim', async () => {
    const bomb = spoiled.pngBomb()
    expect(bomb.length).toBeLessThan(1000)
    expect(await verdict(bomb)).toBe('media_too_many_pixels')
    expect(await verdict(await spoiled.jpegBomb())).toBe('media_too_many_pixels')
    expect(await verdict(await spoiled.heicBomb())).toBe('media_too_many_pixels')
    expect(await verdict(spoiled.pngBomb(10_000))).toBe('taken')
  })

  it('what is too small to show', async () => {
    expect(await verdict(await plain('png', 1, 1))).toBe('media_too_small')
    expect(await verdict(await plain('jpeg', 15, 4000))).toBe('media_too_small')
    expect(await verdict(await plain('jpeg', 16, 16))).toBe('taken')
  })
})

describe('byte source', () => {
  it('reads across pages and past the end', async () => {
    const bytes = Buffer.from(Array.from({ length: PAGE * 3 }, (_, i) => (i * 7) % 251))
    const source = ByteSource.of(bytes)
    expect(await source.read(PAGE - 3, 6)).toEqual(bytes.subarray(PAGE - 3, PAGE + 3))
    expect(await source.read(PAGE * 3 - 2, 10)).toEqual(bytes.subarray(-2))
    expect(await source.read(PAGE * 4, 10)).toHaveLength(0)
  })
})

it('stores orientations as the standard says', () => {
  expect(new Set(Object.values(storedAs)).size).toBe(8)
})
