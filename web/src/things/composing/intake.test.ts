import { errors, limits } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { takeIn, takeInAll } from './intake.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)),
  )
const zeros = (length: number) => Array<number>(length).fill(0)
const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const chunk = (kind: string, data: number[]) => [...uint32(data.length), ...bytes(kind), ...data, ...zeros(4)]
const riff = (kind: string, data: number[]) => [
  ...bytes(kind),
  data.length,
  0,
  0,
  0,
  ...data,
  ...zeros(data.length % 2),
]
const ftyp = (...brands: string[]) =>
  bytes(uint32(16 + 4 * brands.length), 'ftyp', brands[0] ?? '', zeros(4), brands.join(''))

const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0], zeros(12))
const png = (...before: number[][]) =>
  bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', zeros(13)), ...before, chunk('IDAT', zeros(9)))
const gifFrame = [0x2c, ...zeros(8), 0, 2, 1, 0, 0]
const gif = (...frames: number[][]) =>
  bytes('GIF89a', zeros(4), [0x80, 0, 0], zeros(6), [0x21, 0xf9, 4, ...zeros(4), 0], ...frames, [0x3b])
const webp = (flags: number, ...chunks: number[][]) =>
  bytes('RIFF', zeros(4), 'WEBP', riff('VP8X', [flags, ...zeros(9)]), ...chunks)
const frame = riff('ANMF', zeros(17))

const fileOf = (name: string, content: Uint8Array<ArrayBuffer>, type = '') =>
  new File([content], name, { type })
const room = () => 10
const take = async (...files: File[]) => {
  const { accepted, refused } = await takeIn(files, room)
  return [...accepted.map(({ type }) => type), ...refused.map(({ reason }) => reason)]
}

const NO_PICTURE = errors.media_type_unsupported.message
const ANIMATED = errors.media_animated.message
const VIDEO = 'A video cannot be used here, only a picture.'

describe('a file that is chosen', () => {
  it.each([
    ['photo.jpg', 'image/jpeg', jpeg, 'image/jpeg'],
    ['photo.jpg, a PNG', 'image/jpeg', png(), 'image/png'],
    ['photo.jpg, a WebP', 'image/jpg', webp(0, riff('VP8 ', zeros(10))), 'image/webp'],
    ['photo.jpg, a HEIC', 'image/pjpeg', ftyp('heic', 'mif1', 'heic'), 'image/heic'],
    ['IMG_1.HEIC', '', ftyp('mif1', 'mif1', 'heic'), 'image/heic'],
    ['a.avif', 'image/avif', ftyp('avif', 'mif1'), 'image/avif'],
    ['drawing.GIF', 'IMAGE/GIF', gif(gifFrame), 'image/gif'],
    ['no ending', '', jpeg, 'image/jpeg'],
    ['old.pic', 'application/octet-stream', jpeg, 'image/jpeg'],
    ['download.jpg-large', '', jpeg, 'image/jpeg'],
    ['report.pdf', 'application/pdf', jpeg, 'image/jpeg'],
    ['clip.mp4', 'video/mp4', jpeg, 'image/jpeg'],
  ])('%s (%s) is what its bytes say', async (name, type, content, found) => {
    expect(await take(fileOf(name, content, type))).toEqual([found])
  })

  it.each([
    ['a document', fileOf('photo.jpg', bytes('%PDF-1.7', zeros(20)), 'image/jpeg'), NO_PICTURE],
    ['a drawing in SVG', fileOf('a.svg', bytes('<svg xmlns=""></svg>'), 'image/svg+xml'), NO_PICTURE],
    ['text', fileOf('photo.png', bytes('hello'), 'image/png'), NO_PICTURE],
    ['a film', fileOf('photo.jpg', ftyp('isom', 'mp42'), 'image/jpeg'), VIDEO],
    ['a film of a phone', fileOf('IMG_2.MOV', ftyp('qt  '), 'video/quicktime'), VIDEO],
    ['a film for the web', fileOf('a.webm', bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(20)), 'video/webm'), VIDEO],
    ['an animated GIF', fileOf('a.gif', gif(gifFrame, gifFrame), 'image/gif'), ANIMATED],
    ['an animated GIF called a photograph', fileOf('a.jpg', gif(gifFrame, gifFrame), 'image/jpeg'), ANIMATED],
    [
      'an animated PNG',
      fileOf('a.png', png(chunk('acTL', [...uint32(2), ...zeros(4)])), 'image/png'),
      ANIMATED,
    ],
    [
      'an animated WebP',
      fileOf('a.webp', webp(2, riff('ANIM', zeros(6)), frame, frame), 'image/webp'),
      ANIMATED,
    ],
    ['an AVIF sequence', fileOf('a.avif', ftyp('avis', 'avif'), 'image/avif'), ANIMATED],
    ['nothing', fileOf('empty.jpg', bytes(), 'image/jpeg'), 'This file is empty.'],
  ])('that is %s stays out, and is told why', async (_, file, reason) => {
    expect(await take(file)).toEqual([reason])
  })

  it.each([
    ['PNG', fileOf('a.png', png(chunk('acTL', [...uint32(1), ...zeros(4)]))), 'image/png'],
    ['WebP', fileOf('a.webp', webp(2, riff('ANIM', zeros(6)), frame)), 'image/webp'],
    ['GIF', fileOf('a.gif', gif(gifFrame)), 'image/gif'],
  ])('that is an animation of one frame (%s) is a still picture', async (_, file, type) => {
    expect(await take(file)).toEqual([type])
  })

  it('that is too large stays out', async () => {
    const file = fileOf('huge.png', png())
    Object.defineProperty(file, 'size', { value: limits.photoBytes + 5 * 1024 * 1024 })
    expect(await take(file)).toEqual(['This file has 35 MB; up to 30 MB can be taken.'])
  })

  it('that cannot be read any more stays out', async () => {
    const file = fileOf('gone.jpg', jpeg)
    file.slice = () => {
      throw new DOMException('gone', 'NotFoundError')
    }
    expect(await take(file)).toEqual(['This file could not be read.'])
  })
})

it('takes the first that fit and names the others', async () => {
  const files = [1, 2, 3].map((n) => fileOf(`${n}.jpg`, jpeg))
  const { accepted, refused } = await takeIn(files, () => 2)
  expect(accepted.map(({ file }) => file.name)).toEqual(['1.jpg', '2.jpg'])
  expect(refused).toEqual([{ name: '3.jpg', reason: 'A post holds up to 10 pictures and videos.' }])
})

it('takes films where they are welcome, and pictures that move as films', async () => {
  const files = [
    fileOf('a.mov', ftyp('qt  ')),
    fileOf('a.mp4', ftyp('isom', 'mp42')),
    fileOf('a.webm', bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(8), 'webm', zeros(20))),
    fileOf('a.gif', gif(gifFrame, gifFrame)),
    fileOf('a.jpg', jpeg),
  ]
  const { accepted } = await takeInAll(files, room)
  expect(accepted.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
    'video video/quicktime',
    'video video/mp4',
    'video video/webm',
    'video image/gif',
    'photo image/jpeg',
  ])
})
