import type { SettingsReader } from '../../kit/settings.ts'
import type { KafkaSettings, KafkaTopic } from './port.ts'

const FOR_EVER = -1

export const kafkaSettings = (read: SettingsReader) => {
  const settings: KafkaSettings = {
    brokers: read.words('KAFKA_BROKERS'),
    topic: read.text('KAFKA_TOPIC', 'tintype.events'),
    user: read.text('KAFKA_USER', ''),
    password: read.text('KAFKA_PASSWORD', ''),
    tls: read.flag('KAFKA_TLS', false),
    retentionHours: read.integer('KAFKA_RETENTION_HOURS', 168, FOR_EVER, 1_000_000),
  }
  if (settings.brokers.some((broker) => !/^[\w.-]+(:\d{1,5})?$/.test(broker)))
    read.mistakes.push('KAFKA_BROKERS must be hosts, or host:port, separated by commas.')
  if (!/^[\w.-]{1,200}$/.test(settings.topic))
    read.mistakes.push('KAFKA_TOPIC must be at most 200 letters, digits, _, . or -.')
  if (settings.retentionHours === 0)
    read.mistakes.push('KAFKA_RETENTION_HOURS must be hours, or -1 to keep everything.')
  return { kafka: settings }
}

/** Undefined where there is none. Nothing is asked of it before it is used. */
export async function openKafkaTopic({ kafka }: { kafka: KafkaSettings }): Promise<KafkaTopic | undefined> {
  if (kafka.brokers.length === 0) return undefined
  const { openTopic } = await import('./topic.ts')
  return openTopic(kafka)
}

/** Makes the topic where there is none, once for each server. Throws StartFailure. */
export async function readyKafka({ kafka }: { kafka: KafkaSettings }): Promise<void> {
  if (kafka.brokers.length === 0) return
  const { readyTopic } = await import('./admin.ts')
  await readyTopic(kafka)
}
