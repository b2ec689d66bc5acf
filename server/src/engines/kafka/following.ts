import type { Consumer } from '@platformatic/kafka'
import { kindOf } from './errors.ts'
import type { Follower } from './port.ts'
import { foundIn, request } from './records.ts'

interface Options {
  topic: string
  /** Asks nothing else: an answer that is waited for would hold up others on its connection. */
  consumer: Consumer
  id(): Promise<string>
  follower: Follower
  /** What was known of the topic may not hold any more. */
  onLost(): void
}

/** Milliseconds for which a broker keeps a question that it has no answer to yet; so late may a place be heard of that is new. */
const WAIT_MS = 200
const AFTER_ERROR = 300

/** Asks each broker for what is new in the parts that it leads, one question after the other. */
export class Following {
  readonly #options: Options
  readonly #asking = new Map<number, Promise<void>>()
  #looking: Promise<void> | undefined
  #isStopped = false
  #isWanted = false
  #wakeUp = () => {}

  constructor(options: Options) {
    this.#options = options
  }

  /** There are other places to ask for. */
  wake(): void {
    this.#isWanted = true
    if (this.#isStopped) return
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#wakeUp()
    await this.#options.consumer.close(true).catch(() => {})
    await Promise.all([this.#looking, ...this.#asking.values()])
  }

  async #look(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false
      try {
        for (const node of (await this.#byLeader()).keys())
          if (!this.#asking.has(node)) this.#asking.set(node, this.#ask(node))
      } catch (error) {
        await this.#failed(error)
        this.#isWanted = true
      }
    }
  }

  async #ask(node: number): Promise<void> {
    while (!this.#isStopped) {
      try {
        const places = (await this.#byLeader()).get(node)
        if (places === undefined) break
        const { consumer, id, follower } = this.#options
        const response = await consumer.fetch(request(await id(), node, places, WAIT_MS))
        for (const [partition, found] of foundIn(response, places)) follower.take(partition, found)
      } catch (error) {
        await this.#failed(error)
        break
      }
    }
    this.#asking.delete(node)
    // Somebody else may lead by now what was asked for here.
    if (!this.#isStopped && this.#options.follower.places().size > 0) this.wake()
  }

  async #byLeader(): Promise<Map<number, Map<number, number>>> {
    const { topic, consumer, follower } = this.#options
    const places = follower.places()
    const byLeader = new Map<number, Map<number, number>>()
    if (places.size === 0) return byLeader
    const { topics } = await consumer.metadata({ topics: [topic] })
    for (const [partition, offset] of places) {
      const leader = topics.get(topic)?.partitions[partition]?.leader ?? -1
      const ofLeader = byLeader.get(leader) ?? new Map<number, number>()
      byLeader.set(leader, ofLeader.set(partition, offset))
    }
    if (byLeader.has(-1)) throw new Error('a partition has no leader')
    return byLeader
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#isStopped) return
    const { consumer, onLost, follower } = this.#options
    onLost()
    consumer.clearMetadata()
    follower.onError(kindOf(error))
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, AFTER_ERROR)
    this.#wakeUp = resolve
    await promise
    clearTimeout(timer)
  }
}
