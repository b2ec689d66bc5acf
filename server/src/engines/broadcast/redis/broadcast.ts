import { randomBytes } from 'node:crypto'
import { TintypeError } from '@tintype/contract'
import { within } from '../../../kit/within.ts'
import type { RedisConnection } from '../../redis/port.ts'
import { broadcastOver, PUBLISH_MS } from '../over.ts'
import type { Broadcast } from '../port.ts'

export interface RedisBroadcastOptions {
  redis: RedisConnection
  /** Told when a subscriber throws, or a connection is lost. */
  onError(error: unknown): void
}

/** Broadcast by delivery in this process at once and pub/sub to all others (sharded pub/sub in a cluster). */
export function openRedisBroadcast({ redis, onError }: RedisBroadcastOptions): Promise<Broadcast> {
  return broadcastOver({
    onError,
    async carry(receiver) {
      // One for all: what one process sends arrives in its order, whatever it is about. In a cluster one node has it.
      const channel = `{${redis.prefix}}:broadcast`
      const own = `${randomBytes(6).toString('base64url')} `
      const listener = await redis.listen(channel, {
        onText(text) {
          if (text.startsWith(own)) receiver.heardOwn()
          else receiver.receive(text.slice(own.length))
        },
        onGap: () => receiver.gap(),
        // A lost connection is told of as a gap once there is another.
        onError: () => {},
      })
      return {
        async send(text) {
          try {
            await within(PUBLISH_MS, redis.publish(channel, own + text))
          } catch (cause) {
            throw new TintypeError('unavailable', { cause })
          }
        },
        onSilence: () => listener.renew(),
        ping: () => redis.ping(),
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      }
    },
  })
}
