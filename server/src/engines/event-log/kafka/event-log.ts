import { systemClock } from '../../../kit/clock.ts'
import type { KafkaTopic } from '../../kafka/port.ts'
import type { EventLog } from '../port.ts'
import { type EventLogOptions, openFedEventLog } from '../postgres/event-log.ts'
import { kafkaFeed } from './feed.ts'

/** The topic is the caller's. */
export function openKafkaEventLog({
  topic,
  ...options
}: EventLogOptions & { topic: KafkaTopic }): Promise<EventLog> {
  const { db, clock = systemClock } = options
  return openFedEventLog(
    options,
    (host) => kafkaFeed({ db: db.handle, topic, clock }, host),
    () => topic.renew(),
  )
}
