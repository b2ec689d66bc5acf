import type { Clock } from '../../kit/clock.ts'
import type { PostgresDb } from '../db/port.ts'
import type { SearchIndex } from './port.ts'

/** In the database. */
export async function openSearchIndex(deps: { db: PostgresDb; clock: Clock }): Promise<SearchIndex> {
  const { openPostgresSearchIndex } = await import('./postgres/search-index.ts')
  return openPostgresSearchIndex(deps)
}
