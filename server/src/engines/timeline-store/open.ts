import type { PostgresDb } from '../db/port.ts'
import type { TimelineStore } from './port.ts'

/** In the database. */
export async function openTimelineStore(db: PostgresDb): Promise<TimelineStore> {
  const { openPostgresTimelineStore } = await import('./postgres/timeline-store.ts')
  return openPostgresTimelineStore(db)
}
