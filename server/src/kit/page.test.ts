import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idCursor } from './cursor.ts'
import { newId } from './ids.ts'
import { fillPage } from './page.ts'

/** A list of rows, of which some are not shown. */
const rowsOf = (shown: readonly boolean[]) => shown.map((isShown) => ({ id: newId<string>(), isShown }))
type Row = ReturnType<typeof rowsOf>[number]

async function pages(rows: readonly Row[], options: { limit: number; chunk?: number; scan?: number }) {
  const found: string[][] = []
  let reads = 0
  for (let cursor: string | undefined; ; ) {
    const page = await fillPage<Row, string, string>({
      kind: 'rows',
      ...options,
      after: idCursor('rows', cursor),
      async read(after, count) {
        reads++
        return rows.filter((row) => after === undefined || row.id > after).slice(0, count)
      },
      present: async (some) => some.map((row) => (row.isShown ? row.id : undefined)),
      keyOf: (row) => row.id,
    })
    found.push(page.items)
    if (page.next_cursor === null) return { found, reads }
    cursor = page.next_cursor
  }
}

describe('a page', () => {
  const list = fc.array(fc.boolean(), { maxLength: 60 })
  const positive = fc.integer({ min: 1, max: 12 })

  test('has every row that is shown once, in order, and is short only at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        list,
        positive,
        fc.option(positive, { nil: undefined }),
        async (shown, limit, chunk) => {
          const rows = rowsOf(shown)
          const { found } = await pages(rows, { limit, chunk })
          expect(found.flat()).toEqual(rows.filter((row) => row.isShown).map((row) => row.id))
          for (const page of found.slice(0, -1)) expect(page).toHaveLength(limit)
        },
      ),
    )
  })

  test('gives up filling after `scan` rows, and the next one goes on from there', async () => {
    await fc.assert(
      fc.asyncProperty(list, positive, positive, async (shown, limit, scan) => {
        const rows = rowsOf(shown)
        const { found } = await pages(rows, { limit, scan })
        expect(found.flat()).toEqual(rows.filter((row) => row.isShown).map((row) => row.id))
      }),
    )
  })

  test('is one read where all is shown', async () => {
    const { found, reads } = await pages(rowsOf(Array(20).fill(true)), { limit: 20 })
    expect([found.length, reads]).toEqual([1, 1])
  })
})
