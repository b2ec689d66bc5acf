import { randomUUID } from 'node:crypto'
import type { Broadcast } from '../broadcast/port.ts'
import type { Bucket, RateLimiter } from './port.ts'

const CHANNEL = 'rate.spent'
/** Milliseconds in which what was spent is told together. */
const TELL_EVERY = 50

type Spent = [key: string, burst: number, per: number, tokens: number]

export interface LevelOptions {
  local: RateLimiter
  broadcast: Pick<Broadcast, 'publish' | 'subscribe'>
  onError(error: unknown): void
}

/**
 * Token buckets inside the processes, kept level between the processes that serve one community: each spends from its own at once and
 * tells the others, who take the same out of theirs. Asking one place each time would cost every request a trip; like
 * this a caller who spreads over n connections gains what n processes can grant within 50 ms, once.
 * (Splitting the allowance by n would refuse those who stay on one connection, as browsers do.)
 */
export async function level(options: LevelOptions): Promise<RateLimiter> {
  const { local, broadcast, onError } = options
  const sender = randomUUID()
  let spent = new Map<string, { bucket: Bucket; tokens: number }>()
  let timer: NodeJS.Timeout | undefined

  const subscription = await broadcast.subscribe(CHANNEL, (message) => {
    const [from, news] = message as [string, Spent[]]
    if (from === sender) return
    for (const [key, burst, per, tokens] of news)
      for (let i = 0; i < tokens; i++) local.take(key, { burst, per }).catch(onError)
  })
  const tell = () => {
    timer = undefined
    if (spent.size === 0) return
    const news = [...spent].map(([key, { bucket, tokens }]): Spent => [key, bucket.burst, bucket.per, tokens])
    spent = new Map()
    timer = setTimeout(tell, TELL_EVERY)
    broadcast.publish(CHANNEL, [sender, news]).catch(onError)
  }
  return {
    async take(key, bucket) {
      const grant = await local.take(key, bucket)
      if (!grant.granted) return grant
      const known = spent.get(key)
      if (known) known.tokens++
      else spent.set(key, { bucket, tokens: 1 })
      // What comes alone is told at once.
      if (!timer) tell()
      return grant
    },
    ping: local.ping.bind(local),
    async [Symbol.asyncDispose]() {
      clearTimeout(timer)
      await subscription[Symbol.asyncDispose]()
      await local[Symbol.asyncDispose]()
    },
  }
}
