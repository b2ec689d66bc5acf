import { expect, it } from 'vitest'
import { at } from './rows.ts'
import { type Piece, type ReaderSource, ShareReader } from './share-reader.ts'

const host = {
  types: new Set(['post.liked']),
  room: async () => {},
  take: () => {},
  touch: () => {},
  onError: () => {},
}
const row = { seq: 1, xid: 5, at: 0, share: 0, type: 'post.liked', key: 'k', payload: {} } as const

it('a reader whose source has ended ends with it, and has read what came before', async () => {
  const pieces: (Piece | undefined)[] = [{ rows: [], after: at(6) }, undefined]
  const source: ReaderSource = { isAtEnd: () => true, next: async () => pieces.shift() }
  const reader = new ShareReader(0, at(1), source, host)
  await reader.run()
  expect(reader.advance(0, true, () => {})).toEqual(at(6))
  expect(pieces).toEqual([])
})

it('takes nothing of what arrives after it was stopped', async () => {
  const arriving = Promise.withResolvers<Piece>()
  const source: ReaderSource = { isAtEnd: () => false, next: () => arriving.promise }
  const reader = new ShareReader(0, at(1), source, host)
  const running = reader.run()
  await Promise.resolve()
  reader.stop()
  arriving.resolve({ rows: [row], after: at(6) })
  await running
  expect(reader.settled).toEqual(at(1))
})
