import type { CassandraConnection } from '../cassandra/port.ts'
import type { PostgresDb } from '../db/port.ts'
import type { TimelineStore } from './port.ts'

interface Options {
  db: PostgresDb
  cassandra: CassandraConnection | undefined
}

/** In Cassandra where there is one, else in the database. */
export async function openTimelineStore({ db, cassandra }: Options): Promise<TimelineStore> {
  if (cassandra) {
    const { openCassandraTimelineStore } = await import('./cassandra/timeline-store.ts')
    return openCassandraTimelineStore(cassandra)
  }
  const { openPostgresTimelineStore } = await import('./postgres/timeline-store.ts')
  return openPostgresTimelineStore(db)
}
