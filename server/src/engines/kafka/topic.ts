import { Admin, Consumer, Producer } from '@platformatic/kafka'
import { clientOptions, findTopic, renewTopic } from './admin.ts'
import { kindOf } from './errors.ts'
import { Following } from './following.ts'
import {
  type Bounds,
  type Follower,
  type Found,
  type KafkaSettings,
  type KafkaTopic,
  type NewRecord,
  TopicLost,
} from './port.ts'
import { foundIn, request } from './records.ts'

/** Milliseconds for which what is read is thought to be of the same topic. */
const KNOWN_FOR = 5000

export const openTopic = (settings: KafkaSettings): KafkaTopic => new Topic(settings)

/** Connects when it is first used. */
class Topic implements KafkaTopic {
  readonly #settings: KafkaSettings
  readonly #admin: Admin
  readonly #history: Consumer
  #producer: Producer | undefined
  #known: { id: string; until: number } | undefined
  #asking: Promise<string> | undefined
  /** A client of old records asks one thing at a time. */
  #reading: Promise<unknown> = Promise.resolve()
  readonly #followings = new Set<Following>()

  constructor(settings: KafkaSettings) {
    this.#settings = settings
    this.#admin = new Admin(clientOptions(settings))
    this.#history = this.#consumer()
  }

  async id(): Promise<string> {
    if (this.#known && this.#known.until > performance.now()) return this.#known.id
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(): Promise<string> {
    const found = await findTopic(this.#admin, this.#settings.topic)
    if (found === undefined) throw new TopicLost(`there is no topic ${this.#settings.topic}`)
    this.#known = { id: found.id, until: performance.now() + KNOWN_FOR }
    return found.id
  }

  bounds(): Promise<Bounds> {
    return this.#alone(async () => {
      const { topic } = this.#settings
      const at = async (timestamp: bigint) => {
        const found = await this.#history.listOffsets({ topics: [topic], timestamp })
        return (found.get(topic) ?? []).map(Number)
      }
      return { first: await at(-2n), next: await at(-1n) }
    })
  }

  async append(records: readonly NewRecord[]): Promise<ReadonlyMap<number, number>> {
    this.#producer ??= new Producer({
      ...clientOptions(this.#settings),
      idempotent: true,
      retries: 2,
      retryDelay: 150,
    })
    const producer = this.#producer
    const { topic } = this.#settings
    try {
      const { offsets = [] } = await producer.send({
        messages: records.map(({ partition, key, value }) => ({
          topic,
          partition,
          ...(key !== undefined && { key: Buffer.from(key) }),
          value: Buffer.from(value),
        })),
      })
      return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]))
    } catch (error) {
      // What became of the request is not known, and what this producer would send next may have the wrong number.
      this.#producer = undefined
      this.#forget()
      void producer.close().catch(() => {})
      throw error
    }
  }

  read(partition: number, offset: number): Promise<Found> {
    return this.#alone(async () => {
      const id = await this.id()
      const { topics } = await this.#history.metadata({ topics: [this.#settings.topic] })
      const node = topics.get(this.#settings.topic)?.partitions[partition]?.leader ?? 0
      const places = new Map([[partition, offset]])
      const response = await this.#history.fetch(request(id, node, places, 0))
      return foundIn(response, places).get(partition) ?? { records: [], next: offset }
    })
  }

  follow(follower: Follower): { wake(): void; stop(): Promise<void> } {
    const following = new Following({
      topic: this.#settings.topic,
      consumer: this.#consumer(),
      id: () => this.id(),
      follower,
      onLost: () => this.#forget(),
    })
    this.#followings.add(following)
    return following
  }

  async renew(): Promise<void> {
    await renewTopic(this.#settings)
    this.#forget()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#followings].map((following) => following.stop()))
    await Promise.allSettled([this.#admin.close(), this.#history.close(true), this.#producer?.close()])
  }

  #consumer(): Consumer {
    const consumer = new Consumer({ ...clientOptions(this.#settings), groupId: 'tintype' })
    // It joins no group: this says only whose leaders it has to know.
    consumer.topics.track(this.#settings.topic)
    return consumer
  }

  #forget(): void {
    this.#known = undefined
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#reading.then(work)
    this.#reading = turn.catch(() => {})
    try {
      return await turn
    } catch (error) {
      this.#forget()
      this.#history.clearMetadata()
      throw kindOf(error)
    }
  }
}
