import type { Broadcast } from '../broadcast/port.ts'
import type { Cache } from './port.ts'

const CHANNEL = 'cache.del'

/**
 * Makes in-process caches of several processes agree: a `del` in one is a `del` in all, within a broadcast's time
 * (milliseconds), and a process that may have missed one drops everything. A cache that is shared needs none of it.
 */
export async function coherentCache(local: Cache, broadcast: Broadcast): Promise<Cache> {
  const subscription = await broadcast.subscribe(CHANNEL, (message) => void local.del(message as string[]))
  broadcast.onGap(() => void local.clear())
  const wrapper: Pick<Cache, 'del' | typeof Symbol.asyncDispose> = {
    async del(keys) {
      if (keys.length === 0) return
      await local.del(keys)
      await broadcast.publish(CHANNEL, keys)
    },
    async [Symbol.asyncDispose]() {
      await subscription[Symbol.asyncDispose]()
      await local[Symbol.asyncDispose]()
    },
  }
  return {
    get: local.get.bind(local),
    getMany: local.getMany.bind(local),
    set: local.set.bind(local),
    setMany: local.setMany.bind(local),
    incr: local.incr.bind(local),
    takeToken: local.takeToken.bind(local),
    through: local.through.bind(local),
    throughMany: local.throughMany.bind(local),
    clear: local.clear.bind(local),
    ping: local.ping.bind(local),
    ...wrapper,
  }
}
