import type { RedisConnection } from '../redis/port.ts'
import type { Broadcast } from './port.ts'
import type { PostgresBroadcastOptions } from './postgres/broadcast.ts'

type Options = PostgresBroadcastOptions & { redis: RedisConnection | undefined }

/** In this process at once; to the others by Redis where there is one, else by NOTIFY. */
export async function openBroadcast({ db, redis, onError }: Options): Promise<Broadcast> {
  if (redis) {
    const { openRedisBroadcast } = await import('./redis/broadcast.ts')
    return openRedisBroadcast({ redis, onError })
  }
  const { openPostgresBroadcast } = await import('./postgres/broadcast.ts')
  return openPostgresBroadcast({ db, onError })
}
