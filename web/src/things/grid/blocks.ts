import type { PostId } from '@tintype/contract'

export type Pattern = 'even' | 'mosaic'

export interface Block {
  /** A row of three, or two rows high with one large picture at either side. */
  kind: 'row' | 'largeStart' | 'largeEnd'
  ids: PostId[]
}

const PER_BLOCK = 3
/** Of the mosaic: a large picture, two rows, a large one at the other side, two rows, and again. */
const mosaic = ['largeEnd', 'row', 'row', 'largeStart', 'row', 'row'] as const

/** Cuts a list into blocks of three. A last, short block waits while more pages are to come, so that it is not drawn twice. */
export function blocksOf(ids: readonly PostId[], pattern: Pattern, hasMore: boolean): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < ids.length; at += PER_BLOCK) {
    const part = ids.slice(at, at + PER_BLOCK)
    if (part.length < PER_BLOCK && hasMore) break
    const wanted = pattern === 'mosaic' ? mosaic[blocks.length % mosaic.length] : 'row'
    blocks.push({ kind: part.length === PER_BLOCK ? (wanted ?? 'row') : 'row', ids: part })
  }
  return blocks
}
