import { scenery } from '@tintype/testkit'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { summarize } from './summary.ts'

const scene = async (seed: number) => (await scenery(seed)).bytes
const hashesOf = async (picture: Sharp) => {
  const { data, info } = await picture
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return (await summarize({ rgb: data, width: info.width, height: info.height })).hashes
}
const apart = (one: string, other: string) =>
  [...one].reduce((sum, digit, at) => {
    const bits = Number.parseInt(digit, 16) ^ Number.parseInt(other[at] ?? '', 16)
    return sum + bits.toString(2).replaceAll('0', '').length
  }, 0)
const saved = async (change: (picture: Sharp) => Sharp, picture: Buffer) =>
  sharp(await change(sharp(picture)).toBuffer())

test.each<[string, (picture: Sharp) => Sharp]>([
  ['smaller', (it) => it.resize(160)],
  ['saved badly', (it) => it.jpeg({ quality: 20 })],
  ['brighter', (it) => it.modulate({ brightness: 1.2 }).jpeg()],
  ['grey', (it) => it.greyscale()],
  ['blurred', (it) => it.blur(3)],
  ['cut by a hundredth', (it) => it.extract({ left: 3, top: 2, width: 634, height: 476 })],
  ['turned', (it) => it.rotate(90)],
  ['turned by half', (it) => it.rotate(180)],
  ['turned back', (it) => it.rotate(270)],
  ['mirrored', (it) => it.flop()],
  ['upside down', (it) => it.flip()],
  [
    'turned, mirrored, smaller and saved badly',
    (it) => it.rotate(90).flop().resize(200).jpeg({ quality: 40 }),
  ],
])('a copy that is %s is near', async (_, change) => {
  const picture = await scene(7)
  const [known = ''] = await hashesOf(sharp(picture))
  const hashes = await hashesOf(await saved(change, picture))
  expect(hashes).toHaveLength(8)
  expect(Math.min(...hashes.map((hash) => apart(hash, known)))).toBeLessThanOrEqual(31)
})

test('other pictures are far, however they are turned; what is flat is told from nothing', async () => {
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => hashesOf(sharp(await scene(seed)))))
  for (const [at, [known = '']] of all.entries())
    for (const others of all.slice(at + 1))
      expect(Math.min(...others.map((hash) => apart(hash, known)))).toBeGreaterThan(80)
  const flat = sharp({ create: { width: 300, height: 200, channels: 3, background: '#a0b0c0' } }).png()
  expect(await hashesOf(sharp(await flat.toBuffer()))).toEqual([])
})
