import { Cluster, Redis, type RedisOptions, ReplyError } from 'ioredis'
import { breaker } from '../../kit/breaker.ts'
import { within } from '../../kit/within.ts'
import type { RedisAddress } from './address.ts'
import { Listener } from './listener.ts'
import type { RedisConnection, RedisScript } from './port.ts'

/** A command that is not answered for so long (ms) has failed; so has a connection that is not there, and a start without one. */
const COMMAND_MS = 1000
const CONNECT_MS = 2000
const START_MS = 10_000
/** For so long (ms) one that does not answer is left alone: each question would wait a second. */
const REST_MS = 1000

/** Rejects where Redis cannot be reached. `onError` hears of every lost connection. */
export async function openRedis(
  address: RedisAddress,
  { prefix, onError }: { prefix: string; onError(error: unknown): void },
): Promise<RedisConnection> {
  const commands = clientOf(address)
  commands.on('error', onError)
  try {
    await within(START_MS, commands.connect())
  } catch (cause) {
    commands.disconnect()
    throw new Error('Redis cannot be reached (REDIS_URL).', { cause })
  }
  const ask = breaker({ name: 'Redis', isSilence, restMs: REST_MS })
  return {
    prefix,
    commands,
    ask: (question) => ask(() => question(commands)),
    script(name, lua) {
      commands.defineCommand(name, { numberOfKeys: 1, lua })
      // The command exists from now on, which the client's type cannot know.
      const defined = commands as unknown as Record<string, RedisScript>
      return (...given) => ask(async () => defined[name]?.(...given))
    },
    async publish(channel, text) {
      await (commands instanceof Cluster ? commands.spublish(channel, text) : commands.publish(channel, text))
    },
    listen: (channel, options) =>
      Listener.start(channel, { ...options, connect: () => nodeFor(channel, address, commands) }),
    async ping() {
      await commands.ping()
    },
    async [Symbol.asyncDispose]() {
      await within(COMMAND_MS, commands.quit()).catch(() => commands.disconnect())
    },
  }
}

/** What a node says to a question is an answer, unless it says that it cannot answer now. */
const isSilence = (error: unknown): boolean =>
  !(error instanceof ReplyError) || /^(LOADING|CLUSTERDOWN|MASTERDOWN)/.test((error as Error).message)

const optionsOf = ({ username, password, tls }: RedisAddress): RedisOptions => ({
  ...(username && { username }),
  ...(password && { password }),
  ...(tls && { tls: {} }),
  lazyConnect: true,
  connectTimeout: CONNECT_MS,
  commandTimeout: COMMAND_MS,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  retryStrategy: again,
  // After a switch of masters the old one may still answer, read-only.
  reconnectOnError: ({ message }) => message.startsWith('READONLY'),
})

const again = (times: number): number => Math.min(1000, 50 * 2 ** Math.min(times, 5))

function clientOf(address: RedisAddress): Redis | Cluster {
  const options = optionsOf(address)
  if (address.kind === 'single')
    return new Redis({ ...options, host: address.host, port: address.port, db: address.db })
  if (address.kind === 'sentinel') return new Redis({ ...options, ...sentinelOf(address) })
  const { retryStrategy: _, ...redisOptions } = options
  return new Cluster(address.nodes, {
    redisOptions,
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: again,
    slotsRefreshTimeout: COMMAND_MS,
  })
}

const sentinelOf = ({ sentinels, name, db }: Extract<RedisAddress, { kind: 'sentinel' }>): RedisOptions => ({
  sentinels,
  name,
  db,
})

/** A connection to the node on which a channel's messages are told, not yet opened and never opened again by itself. */
async function nodeFor(
  channel: string,
  address: RedisAddress,
  commands: Redis | Cluster,
): Promise<{ redis: Redis; isSharded: boolean }> {
  const options: RedisOptions = { ...optionsOf(address), retryStrategy: null, enableReadyCheck: false }
  if (address.kind === 'sentinel')
    return { redis: new Redis({ ...options, ...sentinelOf(address) }), isSharded: false }
  if (address.kind === 'single') {
    const { host, port, db } = address
    return { redis: new Redis({ ...options, host, port, db }), isSharded: false }
  }
  const node = await ownerOf(channel, commands as Cluster)
  return { redis: new Redis({ ...options, ...node }), isSharded: true }
}

async function ownerOf(channel: string, cluster: Cluster): Promise<{ host: string; port: number }> {
  const slot = Number(await cluster.cluster('KEYSLOT', channel))
  for (const [from, to, master] of await cluster.cluster('SLOTS'))
    if (master && from <= slot && slot <= to) return { host: master[0], port: master[1] }
  throw new Error(`no node of Redis Cluster has slot ${slot}`)
}
