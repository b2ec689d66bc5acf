import type { Page } from '@tintype/contract'
import { encodeCursor } from './cursor.ts'

export interface PageSource<Row, Item, Key extends string> {
  /** Names the list inside the cursor. */
  kind: string
  limit: number
  /** Where the last page ended. */
  after: Key | undefined
  /** The next rows behind a key, at most `count`, in the order of the list. */
  read(after: Key | undefined, count: number): Promise<Row[]>
  /** By position: what is shown of a row, or undefined where it is not to be shown. */
  present(rows: readonly Row[]): Promise<readonly (Item | undefined)[]>
  keyOf(row: Row): Key
  /** Rows read at once; by default what a page needs. */
  chunk?: number
  /** Gives up filling after so many rows: the page is then short, its cursor goes on. */
  scan?: number
}

/** A full page of a list of which some rows are not shown: reads on until it is full or the list has ended. */
export async function fillPage<Row, Item, Key extends string>(
  source: PageSource<Row, Item, Key>,
): Promise<Page<Item>> {
  const { limit, chunk = limit + 1, scan = 2000 } = source
  const found: { item: Item; key: Key }[] = []
  let position = source.after
  let scanned = 0
  let ended = false
  while (found.length <= limit && !ended && scanned < scan) {
    const rows = await source.read(position, chunk)
    ended = rows.length < chunk
    scanned += rows.length
    const items = rows.length > 0 ? await source.present(rows) : []
    for (const [index, row] of rows.entries()) {
      position = source.keyOf(row)
      const item = items[index]
      if (item !== undefined) found.push({ item, key: position })
    }
  }
  const end = found.length > limit ? found[limit - 1]?.key : ended ? undefined : position
  return {
    items: found.slice(0, limit).map(({ item }) => item),
    next_cursor: end === undefined ? null : encodeCursor(source.kind, [end]),
  }
}
