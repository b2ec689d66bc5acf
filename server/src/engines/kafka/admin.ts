import { Admin, type BaseOptions, findErrorBy } from '@platformatic/kafka'
import { StartFailure } from '../../kit/start-failure.ts'
import { SHARES } from '../outbox/port.ts'
import { allMessages, isUnknownTopic } from './errors.ts'
import type { KafkaSettings } from './port.ts'

/** Milliseconds: for a connection, for an answer, and between two looks. */
const CONNECT_MS = 3000
const ANSWER_MS = 6000
const LOOK_MS = 50
const GONE_MS = 15_000
const COPIES = 3
/** Bytes of one partition's part of a request. */
const LARGEST = 8 * 1024 * 1024

/** What every client of ours is opened with. The caller tries again, so clients do so little. */
export const clientOptions = (settings: KafkaSettings): BaseOptions => ({
  clientId: 'tintype',
  bootstrapBrokers: settings.brokers.map((broker) => (broker.includes(':') ? broker : `${broker}:9092`)),
  connectTimeout: CONNECT_MS,
  requestTimeout: ANSWER_MS,
  timeout: ANSWER_MS,
  retries: 0,
  ...(settings.tls && { tls: {} }),
  ...(settings.user && {
    sasl: { mechanism: 'SCRAM-SHA-512', username: settings.user, password: settings.password },
  }),
})

/** A start, and `npm run migrate`. */
export async function readyTopic(settings: KafkaSettings): Promise<void> {
  const admin = new Admin(clientOptions(settings))
  try {
    const found = await findTopic(admin, settings.topic)
    if (found === undefined) return await makeTopic(admin, settings)
    if (found.partitions !== SHARES)
      throw new StartFailure(
        `The topic ${settings.topic} (KAFKA_TOPIC) has ${found.partitions} partitions, but must have ${SHARES}.`,
      )
  } catch (error) {
    if (error instanceof StartFailure) throw error
    throw new StartFailure(reasonOf(error, settings), error)
  } finally {
    await admin.close()
  }
}

export interface FoundTopic {
  id: string
  partitions: number
}

/** Undefined where there is none of this name. */
export async function findTopic(admin: Admin, topic: string): Promise<FoundTopic | undefined> {
  try {
    const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true })
    const found = topics.get(topic)
    return found && { id: found.id, partitions: found.partitionsCount }
  } catch (error) {
    if (isUnknownTopic(error)) return undefined
    throw error
  }
}

/** With three copies where there are so many brokers, of which two have to have what counts as written. Another process may have been quicker. */
export async function makeTopic(admin: Admin, settings: KafkaSettings): Promise<void> {
  const { brokers } = await admin.metadata({ topics: [], forceUpdate: true })
  const replicas = Math.min(COPIES, brokers.size)
  const retention = settings.retentionHours < 0 ? -1 : settings.retentionHours * 3_600_000
  const configs = {
    'retention.ms': String(retention),
    'min.insync.replicas': String(replicas > 2 ? 2 : 1),
    'max.message.bytes': String(LARGEST),
    // Events tell themselves when they were; what is kept how long goes by when they came here.
    'message.timestamp.type': 'LogAppendTime',
  }
  try {
    await admin.createTopics({
      topics: [settings.topic],
      partitions: SHARES,
      replicas,
      configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
    })
  } catch (error) {
    if (!findErrorBy(error as Error, 'apiId', 'TOPIC_ALREADY_EXISTS')) throw error
  }
  await waitFor(async () => (await findTopic(admin, settings.topic)) !== undefined)
}

export async function renewTopic(settings: KafkaSettings): Promise<void> {
  const admin = new Admin(clientOptions(settings))
  try {
    await dropTopic(admin, settings.topic)
    await makeTopic(admin, settings)
  } finally {
    await admin.close()
  }
}

async function dropTopic(admin: Admin, topic: string): Promise<void> {
  if ((await findTopic(admin, topic)) === undefined) return
  await admin.deleteTopics({ topics: [topic] })
  await waitFor(async () => (await findTopic(admin, topic)) === undefined)
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + GONE_MS
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('Kafka did not do what it was told to.')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** What can be done about it, for owners. */
function reasonOf(error: unknown, { brokers }: KafkaSettings): string {
  const said = allMessages(error)
  if (/authentication|SASL/i.test(said))
    return `Kafka (KAFKA_BROKERS) does not accept KAFKA_USER and KAFKA_PASSWORD: ${said}`
  if (/connect|timed out|ECONN|ENOTFOUND/i.test(said))
    return `KAFKA_BROKERS: nobody answers at ${brokers.join(', ')}.`
  return `Kafka (KAFKA_BROKERS) cannot be used: ${said}`
}
