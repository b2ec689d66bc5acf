import { describe, expect, test, vi } from 'vitest'
import { readAmf, writeAmf } from './amf.ts'
import { ChunkReader, chunksOf, type Message, TYPE } from './chunks.ts'
import { flvTag } from './flv.ts'

const reader = () => new ChunkReader({ bytes: 10_000 })
/** In pieces of so many bytes, whatever they cut through. */
function read(bytes: Buffer, step: number, by = reader()): Message[] {
  const found: Message[] = []
  for (let at = 0; at < bytes.length; at += step) found.push(...by.take(bytes.subarray(at, at + step)))
  return found
}
const head = (line: number, time: number, length: number, type: number) => {
  const bytes = Buffer.from([line, 0, 0, 0, 0, 0, 0, type, 1, 0, 0, 0])
  bytes.writeUIntBE(time, 1, 3)
  bytes.writeUIntBE(length, 4, 3)
  return bytes
}

describe('chunks', () => {
  test.each([1, 2, 7, 128, 10_000])('come apart and together in pieces of %i bytes', (step) => {
    const body = Buffer.from(Array.from({ length: 700 }, (_, n) => n % 251))
    const bytes = chunksOf({ type: TYPE.command, stream: 1, body })
    expect(read(bytes, step)).toEqual([{ type: TYPE.command, stream: 1, time: 0, body }])
  })

  test('of several messages at once, with heads that say less each time', () => {
    const [picture, sound] = [Buffer.alloc(200, 1), Buffer.alloc(50, 2)]
    const bytes = Buffer.concat([
      head(4, 1000, 200, TYPE.picture),
      picture.subarray(0, 128),
      head(6, 990, 50, TYPE.sound),
      sound,
      Buffer.from([0xc4]),
      picture.subarray(128),
      // The same line 33 ms later: its length again, then nothing at all.
      Buffer.from([0x44, 0, 0, 33, 0, 0, 3, TYPE.picture, 7, 7, 7, 0x84, 0, 0, 40, 8, 8, 8, 0xc4, 9, 9, 9]),
    ])
    expect(read(bytes, 5).map(({ type, time, body }) => [type, time, body.length])).toEqual([
      [TYPE.sound, 990, 50],
      [TYPE.picture, 1000, 200],
      [TYPE.picture, 1033, 3],
      [TYPE.picture, 1073, 3],
      [TYPE.picture, 1113, 3],
    ])
  })

  test('with times beyond three bytes, also behind each later piece', () => {
    const time = Buffer.alloc(4)
    time.writeUInt32BE(0x0123_4567)
    const bytes = Buffer.concat([
      head(4, 0xffffff, 130, 9),
      time,
      Buffer.alloc(128, 1),
      Buffer.from([0xc4]),
      time,
      Buffer.alloc(2, 1),
    ])
    const [message] = read(bytes, 3)
    expect(message).toMatchObject({ time: 0x0123_4567, body: Buffer.alloc(130, 1) })
    expect(
      flvTag(message as Message)
        .subarray(0, 11)
        .toString('hex'),
    ).toBe('0900008223456701000000')
  })

  test('of another size from when that is said; what was given up is dropped', () => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(500)
    const line = Buffer.alloc(4)
    line.writeUInt32BE(4)
    const bytes = Buffer.concat([
      chunksOf({ type: TYPE.chunkSize, stream: 0, body: size }),
      head(4, 0, 900, 9),
      Buffer.alloc(500),
      chunksOf({ type: TYPE.abort, stream: 0, body: line }),
      head(4, 5, 400, 9),
      Buffer.alloc(400),
    ])
    expect(read(bytes, 64)).toMatchObject([{ time: 5, body: { length: 400 } }])
  })

  test('that come byte by byte are moved once, and what says nothing counts as well', () => {
    const moved = vi.spyOn(Buffer, 'concat')
    const size = Buffer.from([0, 0, 0x40, 0])
    const bytes = Buffer.concat([
      chunksOf({ type: TYPE.chunkSize, stream: 0, body: size }),
      head(4, 0, 9000, 9),
      Buffer.alloc(9000, 1),
      head(4, 1, 0, 9),
      Buffer.alloc(20, 0xc4),
    ])
    moved.mockClear()
    const by = reader()
    expect(read(bytes, 1, by)).toMatchObject([
      { body: Buffer.alloc(9000, 1) },
      ...Array(19).fill({ time: 1 }),
    ])
    // Of the last two it is not known yet how long their heads are.
    expect(by.chunks).toBe(21)
    expect(moved.mock.results.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(500)
    moved.mockRestore()
  })

  test.each([
    ['a message that is too large', head(4, 0, 20_000, 9)],
    ['a line that never began', Buffer.from([0xc4, 0, 0])],
    ['a message within a message', Buffer.concat([head(4, 0, 200, 9), Buffer.alloc(128), head(4, 0, 10, 9)])],
    [
      'chunks of hardly any size',
      chunksOf({ type: TYPE.chunkSize, stream: 0, body: Buffer.from([0, 0, 0, 127]) }),
    ],
    ['too many lines', Buffer.concat(Array.from({ length: 20 }, (_, n) => head(4 + n, 0, 0, 9)))],
    [
      'too much that is not whole',
      Buffer.concat(
        Array.from({ length: 170 }, (_, n) => [
          n < 3 ? head(4 + n, 0, 10_000, 9) : Buffer.from([0xc4 + (n % 3)]),
          Buffer.alloc(128),
        ]).flat(),
      ),
    ],
  ])('are refused: %s', (_, bytes) => {
    expect(() => read(bytes, 1000)).toThrow(RangeError)
  })
})

describe('AMF0', () => {
  test('is read as it is written', () => {
    const values = ['connect', 1, { app: 'live', capabilities: 31 }, null, true]
    expect(readAmf(writeAmf(...values))).toEqual(values)
  })

  test.each(['02ffff61', '0300', '0a7fffffff', '63', '03000161'.repeat(6)])('refuses %s', (hex) => {
    expect(() => readAmf(Buffer.from(hex, 'hex'))).toThrow(RangeError)
  })
})
