import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { joined, type Piece } from './joined.ts'

/** A box of nothing, told apart by its bytes. */
function box(mark: number, size = 16): Buffer {
  const bytes = Buffer.alloc(size, mark)
  bytes.writeUInt32BE(size)
  bytes.write('free', 4, 'latin1')
  return bytes
}
const piece = (mark: number, seconds = 2): Piece => ({ bytes: 16, seconds, read: async () => box(mark) })
const [one, other] = [box(1), box(2)]
const films = (...args: Parameters<typeof joined>) => Promise.all(joined(...args).map((film) => buffer(film)))
const PLENTY = { bytes: 1000, seconds: 1000 }

test('runs that begin alike are one film, others films of their own; nothing is left out', async () => {
  const runs = [
    { init: one, pieces: [piece(3), piece(4)] },
    { init: one, pieces: [piece(5)] },
    { init: other, pieces: [piece(6)] },
  ]
  expect(await films(runs, PLENTY)).toEqual([
    Buffer.concat([one, box(3), box(4), box(5)]),
    Buffer.concat([other, box(6)]),
  ])
})

test.each([
  ['larger', { bytes: 48, seconds: 1000 }],
  ['longer', { bytes: 1000, seconds: 5 }],
])('what would be %s than a film may be is several', async (_, most) => {
  const runs = [{ init: one, pieces: [3, 4, 5, 6, 7].map((mark) => piece(mark)) }]
  expect(await films(runs, most)).toEqual([
    Buffer.concat([one, box(3), box(4)]),
    Buffer.concat([one, box(5), box(6)]),
    Buffer.concat([one, box(7)]),
  ])
})
