import type { TestKafka } from '@tintype/testkit/kafka'
import { systemClock } from '../../../kit/clock.ts'
import type { PostgresDb } from '../../db/port.ts'
import { openKafkaTopic } from '../../kafka/open.ts'
import type { KafkaSettings, KafkaTopic } from '../../kafka/port.ts'
import { PostgresOutbox } from '../../outbox/postgres.ts'
import type { Settings } from '../postgres/settings.ts'
import type { LogWithOutbox } from '../suite/scene.suite.ts'
import { openKafkaEventLog } from './event-log.ts'

export const kafkaSettings = ({ brokers }: Pick<TestKafka, 'brokers'>, topic: string): KafkaSettings => ({
  brokers: brokers.split(','),
  topic,
  user: '',
  password: '',
  tls: false,
  retentionHours: 1,
})

/** A process's event log with its outbox and its topic, which are disposed of with it. */
export async function openLog(
  db: PostgresDb,
  kafka: KafkaSettings,
  settings: Partial<Settings> = {},
  onSent: () => Promise<void> = async () => {},
): Promise<LogWithOutbox> {
  const { clock = systemClock } = settings
  const outbox = new PostgresOutbox({
    handle: db.handle,
    afterCommit: db.afterCommit,
    now: () => clock.now(),
    onError(error) {
      throw error
    },
  })
  const topic = (await openKafkaTopic({ kafka })) as KafkaTopic
  const { append } = topic
  topic.append = async (records) => {
    const places = await append.call(topic, records)
    await onSent()
    return places
  }
  const log = await openKafkaEventLog({ topic, db, outbox, ...settings })
  const end = log[Symbol.asyncDispose].bind(log)
  return Object.assign(log, {
    outbox,
    async [Symbol.asyncDispose]() {
      await end()
      await topic[Symbol.asyncDispose]()
      await outbox[Symbol.asyncDispose]()
    },
  })
}
