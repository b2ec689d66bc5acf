import type { SettingsReader } from '../../kit/settings.ts'
import { redisAddress } from './address.ts'
import type { RedisConnection } from './port.ts'

const FORMS =
  'redis://host:6379, redis+sentinel://host:26379,host:26379/name or redis+cluster://host:7001,host:7002 (rediss for TLS)'

export const redisSettings = (read: SettingsReader) => {
  const redisUrl = read.text('REDIS_URL', '')
  if (redisUrl && !redisAddress(redisUrl)) read.mistakes.push(`REDIS_URL is not of the form ${FORMS}.`)
  const redisPrefix = read.text('REDIS_PREFIX', 'tintype')
  if (!/^[\w-]{1,40}$/.test(redisPrefix))
    read.mistakes.push('REDIS_PREFIX must be 1 to 40 letters, digits, _ or -.')
  return { redisUrl, redisPrefix }
}

/** Undefined where there is none: broadcast, cache and limits then do with PostgreSQL and the processes' own memory. */
export async function openRedisConnection(
  { redisUrl, redisPrefix }: ReturnType<typeof redisSettings>,
  onError: (error: unknown) => void,
): Promise<RedisConnection | undefined> {
  const address = redisAddress(redisUrl)
  if (!address) return undefined
  const { openRedis } = await import('./connection.ts')
  return await openRedis(address, { prefix: redisPrefix, onError })
}
