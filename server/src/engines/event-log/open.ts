import type { EventLog } from './port.ts'
import type { openPostgresEventLog } from './postgres/event-log.ts'

/** Reads the outbox itself. */
export async function openEventLog(options: Parameters<typeof openPostgresEventLog>[0]): Promise<EventLog> {
  const postgres = await import('./postgres/event-log.ts')
  return postgres.openPostgresEventLog(options)
}
