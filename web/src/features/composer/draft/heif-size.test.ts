import { describe, expect, it } from 'vitest'
import { heifSize } from './heif-size.ts'

const u16 = (n: number) => [(n >> 8) & 255, n & 255]
const u32 = (n: number) => [(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255]
const box = (type: string, ...content: number[][]) => {
  const bytes = content.flat()
  return [...u32(bytes.length + 8), ...[...type].map((c) => c.charCodeAt(0)), ...bytes]
}
const ispe = (width: number, height: number) => box('ispe', u32(0), u32(width), u32(height))

/** A picture of tiles: item 1 is a tile, item 49 the whole, as phones write them. */
function heic(quarterTurns: number | null) {
  const rotation = quarterTurns === null ? [] : [box('irot', [quarterTurns])]
  const ipco = box('ipco', box('hvcC', [1, 2, 3]), ispe(512, 512), ispe(4032, 3024), ...rotation)
  const whole = quarterTurns === null ? [1, 3] : [2, 3, 0x84]
  const ipma = box('ipma', u32(0), u32(2), u16(1), [2, 0x81, 2], u16(49), whole)
  const meta = box('meta', u32(0), box('hdlr', [0]), box('pitm', u32(0), u16(49)), box('iprp', ipco, ipma))
  return new Uint8Array([
    ...box(
      'ftyp',
      [...'heic'].map((c) => c.charCodeAt(0)),
    ),
    ...meta,
  ]).buffer
}

describe('heifSize', () => {
  it('reads the size of the whole, not of a tile', () => {
    expect(heifSize(heic(null))).toEqual({ width: 4032, height: 3024 })
  })

  it('turns it as the camera was held', () => {
    expect(heifSize(heic(1))).toEqual({ width: 3024, height: 4032 })
    expect(heifSize(heic(2))).toEqual({ width: 4032, height: 3024 })
    expect(heifSize(heic(3))).toEqual({ width: 3024, height: 4032 })
  })

  it('says nothing of what it cannot read, and never loops', () => {
    expect(heifSize(new ArrayBuffer(0))).toBeUndefined()
    expect(heifSize(new TextEncoder().encode('not a picture at all').buffer)).toBeUndefined()
    const whole = heic(1)
    for (let length = 0; length < whole.byteLength; length += 3) heifSize(whole.slice(0, length))
    const zeroes = new Uint8Array(heic(1))
    zeroes.fill(0, 20)
    expect(heifSize(zeroes.buffer)).toBeUndefined()
  })
})
