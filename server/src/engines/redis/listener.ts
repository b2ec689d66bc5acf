import type { Redis } from 'ioredis'
import { within } from '../../kit/within.ts'
import type { RedisEars, RedisListener } from './port.ts'

interface ListenerOptions extends RedisEars {
  /** A connection to where the channel's messages are told. */
  connect(): Promise<{ redis: Redis; isSharded: boolean }>
}

/** Milliseconds an attempt may take, and between attempts: at first, and at most. */
const ATTEMPT_MS = 2000
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1000
/** A connection gets so long (ms) to show that it hears something. */
const TRIAL_MS = 5000

/**
 * Listens to one channel on a connection of its own, and looks anew for the node that has it whenever that connection ends: a client that
 * goes on by itself would not say that it had missed anything.
 */
export class Listener implements RedisListener {
  readonly #channel: string
  readonly #options: ListenerOptions
  #redis: Redis | undefined
  /** Since when it listens; undefined: it does not. */
  #since: number | undefined
  #isStopped = false

  /** Resolves when it listens; rejects where it cannot. */
  static async start(channel: string, options: ListenerOptions): Promise<Listener> {
    const listener = new Listener(channel, options)
    await listener.#subscribe()
    return listener
  }

  private constructor(channel: string, options: ListenerOptions) {
    this.#channel = channel
    this.#options = options
  }

  renew(): void {
    if (this.#since !== undefined && performance.now() - this.#since > TRIAL_MS) this.#redis?.disconnect()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true
    this.#redis?.disconnect()
  }

  async #subscribe(): Promise<void> {
    const { redis, isSharded } = await this.#options.connect()
    this.#redis = redis
    redis.on('error', this.#options.onError)
    const hear = (channel: string, text: string) => {
      if (channel === this.#channel) this.#options.onText(text)
    }
    redis.on(isSharded ? 'smessage' : 'message', hear)
    try {
      const subscribed = redis
        .connect()
        .then(() => (isSharded ? redis.ssubscribe(this.#channel) : redis.subscribe(this.#channel)))
      await within(ATTEMPT_MS, subscribed)
    } catch (error) {
      redis.disconnect()
      throw error
    }
    this.#since = performance.now()
    redis.once('end', () => void this.#again())
    // It may have ended while that was being said.
    if (redis.status === 'end') void this.#again()
  }

  async #again(): Promise<void> {
    this.#since = undefined
    for (let pause = FIRST_PAUSE; !this.#isStopped; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      try {
        await this.#subscribe()
        this.#options.onGap()
        return
      } catch (error) {
        this.#options.onError(error)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}
