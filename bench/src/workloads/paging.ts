import type { Ask } from '../load/job.ts'
import { only, type Stage } from '../stage.ts'

const W = 'deep paging'
const PAGES = 10

/** (2) Pages 2 to 10 of home feeds, each reached once before by following the cursors. */
export async function paging(stage: Stage): Promise<void> {
  const viewers = stage.viewers.some('ordinary', stage.options.quick ? 20 : 100)
  for (const sort of ['ranked', 'chronological'] as const) {
    const asks: Ask[] = []
    for (const viewer of viewers) {
      let path = `/api/v1/feed/home?sort=${sort}`
      for (let page = 1; page < PAGES; page++) {
        const { pagination } = JSON.parse(await stage.get(viewer, path)) as {
          pagination: { next_cursor: string | null }
        }
        if (pagination.next_cursor === null) break
        path = `/api/v1/feed/home?sort=${sort}&cursor=${encodeURIComponent(pagination.next_cursor)}`
        asks.push({ method: 'GET', path, token: viewer.token })
      }
    }
    const order = sort === 'ranked' ? 'any' : 'newest'
    await stage.runs(async () => {
      await stage.measure(
        W,
        `${sort}, pages 2 to ${PAGES}, 16 connections`,
        only('page', asks, { kind: 'posts', order, limit: 20 }),
        { connections: 16 },
      )
    })
  }
}
