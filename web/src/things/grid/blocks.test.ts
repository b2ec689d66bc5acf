import type { PostId } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.ts'

const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}` as PostId)
const kinds = (count: number, hasMore = false) =>
  blocksOf(ids(count), 'mosaic', hasMore).map((block) => block.kind)

describe('the rows of a grid', () => {
  it('loses no post and changes no order', () => {
    for (const pattern of ['even', 'mosaic'] as const)
      expect(blocksOf(ids(20), pattern, false).flatMap((block) => block.ids)).toEqual(ids(20))
  })

  it('keeps a short last row back while more is to come', () => {
    expect(blocksOf(ids(7), 'even', true)).toHaveLength(2)
    expect(blocksOf(ids(7), 'even', false)).toHaveLength(3)
  })

  it('puts a large picture at either side in turn', () => {
    expect(kinds(21)).toEqual(['largeEnd', 'row', 'row', 'largeStart', 'row', 'row', 'largeEnd'])
  })

  it('never begins a large block it cannot fill', () =>
    expect(kinds(11)).toEqual(['largeEnd', 'row', 'row', 'row']))

  it('is empty without posts', () => expect(blocksOf([], 'mosaic', false)).toEqual([]))
})
