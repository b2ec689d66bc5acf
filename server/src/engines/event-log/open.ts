import type { KafkaTopic } from '../kafka/port.ts'
import type { EventLog } from './port.ts'
import type { EventLogOptions } from './postgres/event-log.ts'

/** Groups read the outbox itself, or the topic to which it is sent. */
export async function openEventLog({
  topic,
  ...options
}: EventLogOptions & { topic: KafkaTopic | undefined }): Promise<EventLog> {
  if (topic) {
    const { openKafkaEventLog } = await import('./kafka/event-log.ts')
    return openKafkaEventLog({ topic, ...options })
  }
  const { openPostgresEventLog } = await import('./postgres/event-log.ts')
  return openPostgresEventLog(options)
}
