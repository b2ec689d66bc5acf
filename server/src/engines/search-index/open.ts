import type { Clock } from '../../kit/clock.ts'
import type { Db } from '../db/port.ts'
import type { SearchIndex } from './port.ts'

/** In the database. */
export async function openSearchIndex(deps: { db: Db; clock: Clock }): Promise<SearchIndex> {
  const { openPostgresSearchIndex } = await import('./postgres/search-index.ts')
  return openPostgresSearchIndex(deps)
}
