import { describe, expect, it } from 'vitest'
import { heifSize } from './heif-size.ts'

const u16 = (n: number) => [(n >> 8) & 255, n & 255]
const u32 = (n: number) => [(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255]
const box = (type: string, ...content: number[][]): number[] => {
  const bytes = content.flat()
  return [...u32(bytes.length + 8), ...[...type].map((c) => c.charCodeAt(0)), ...bytes]
}
const ispe = (width: number, height: number) => box('ispe', u32(0), u32(width), u32(height))

/** A picture of tiles: item 1 is a tile, item 49 the whole, as phones write them. */
function heic(quarterTurns: number | null, clap: number[] = box('free')) {
  const rotation = quarterTurns === null ? [] : [box('irot', [quarterTurns])]
  const ipco = box('ipco', box('hvcC', [1, 2, 3]), ispe(512, 512), ispe(4032, 3024), ...rotation, clap)
  const whole = quarterTurns === null ? [1, 3] : [3, 3, 5, 0x84]
  const ipma = box('ipma', u32(0), u32(2), u16(1), [2, 0x81, 2], u16(49), whole)
  const meta = box('meta', u32(0), box('hdlr', [0]), box('pitm', u32(0), u16(49)), box('iprp', ipco, ipma))
  return [...box('ftyp', [0x68, 0x65, 0x69, 0x63]), ...meta]
}
const blobOf = (bytes: number[]) => new Blob([new Uint8Array(bytes)])

describe('heifSize', () => {
  it('reads the size of the whole, not of a tile', async () => {
    expect(await heifSize(blobOf(heic(null)))).toEqual({ width: 4032, height: 3024 })
  })

  it('turns it as the camera was held', async () => {
    expect(await heifSize(blobOf(heic(1)))).toEqual({ width: 3024, height: 4032 })
    expect(await heifSize(blobOf(heic(2)))).toEqual({ width: 4032, height: 3024 })
    expect(await heifSize(blobOf(heic(3)))).toEqual({ width: 3024, height: 4032 })
  })

  it('counts what is shown, not what was padded for the encoder', async () => {
    const clap = box('clap', u32(29), u32(1), u32(200), u32(2), u32(0), u32(1), u32(0), u32(1))
    expect(await heifSize(blobOf(heic(1, clap)))).toEqual({ width: 100, height: 29 })
  })

  it('finds the header behind the pictures, too', async () => {
    const [ftyp, rest] = [heic(null).slice(0, 12), heic(null).slice(12)]
    const behind = [...ftyp, ...box('mdat', new Array(300_000).fill(7)), ...rest]
    expect(await heifSize(blobOf(behind))).toEqual({ width: 4032, height: 3024 })
  })

  it('says nothing of what it cannot read, and never loops', async () => {
    expect(await heifSize(new Blob([]))).toBeUndefined()
    expect(await heifSize(new Blob(['not a picture at all']))).toBeUndefined()
    const whole = heic(1)
    for (let length = 0; length < whole.length; length += 7) await heifSize(blobOf(whole.slice(0, length)))
    expect(await heifSize(blobOf(whole.fill(0, 20)))).toBeUndefined()
  })
})
