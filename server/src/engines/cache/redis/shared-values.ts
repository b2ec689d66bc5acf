import type { Clock } from '../../../kit/clock.ts'
import type { RedisConnection, RedisScript } from '../../redis/port.ts'
import { DELETED_FOR, type SharedValues } from '../port.ts'

/**
 * Each value begins with until when (ms, 14 digits) it holds and whether there is one: a deletion holds its key for a while, so that
 * what was read before it cannot be set after it.
 */
const SET = `
local now, ms = tonumber(ARGV[1]), tonumber(ARGV[2])
local known = redis.call('GETRANGE', KEYS[1], 0, 13)
if known ~= '' and tonumber(known) > now then return 0 end
redis.call('SET', KEYS[1], string.format('%014.0f', now + ms) .. '+' .. ARGV[3], 'PX', ms + 60000)
return 1`
const HEAD = 15

/** Values that all processes share, in Redis. Each key goes to the node that has it; those of one call go side by side. */
export class RedisSharedValues implements SharedValues {
  readonly #redis: RedisConnection
  readonly #clock: Clock
  readonly #keep: RedisScript

  constructor({ redis, clock }: { redis: RedisConnection; clock: Clock }) {
    this.#redis = redis
    this.#clock = clock
    this.#keep = redis.script('tintypeKeep', SET)
  }

  async get(keys: readonly string[]): Promise<(Uint8Array | undefined)[]> {
    const now = this.#clock.now()
    const found = await this.#redis.ask((commands) =>
      Promise.all(keys.map((key) => commands.getBuffer(this.#keyOf(key)))),
    )
    return found.map((bytes) => {
      const holds = bytes && Number(bytes.toString('latin1', 0, HEAD - 1)) > now && bytes[HEAD - 1] === HAS
      return holds ? bytes.subarray(HEAD) : undefined
    })
  }

  async set(values: ReadonlyMap<string, Uint8Array>, ttl: number): Promise<void> {
    const now = this.#clock.now()
    const ms = Math.ceil(ttl * 1000)
    await Promise.all(
      [...values].map(([key, bytes]) => this.#keep(this.#keyOf(key), now, ms, Buffer.from(bytes))),
    )
  }

  async del(keys: readonly string[]): Promise<void> {
    const ms = DELETED_FOR * 1000
    const nothing = `${String(this.#clock.now() + ms).padStart(HEAD - 1, '0')}-`
    await this.#redis.ask((commands) =>
      Promise.all(keys.map((key) => commands.set(this.#keyOf(key), nothing, 'PX', ms + 60_000))),
    )
  }

  ping(): Promise<void> {
    return this.#redis.ping()
  }

  /** The connection is whoever's opened it. */
  async [Symbol.asyncDispose](): Promise<void> {}

  #keyOf(key: string): string {
    return `${this.#redis.prefix}:value:${key}`
  }
}

const HAS = '+'.charCodeAt(0)
