import { reelLimits, type Watch } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'

/** How reels were watched, until it is told; lost with the page, as it counts in sums alone. */
let waiting: Watch[] = []
let timer: ReturnType<typeof setTimeout> | undefined
/** Some at a time. */
const AFTER_MS = 8000

/** Less is not looked at. */
const LEAST_MS = 300

export function tellWatched(watch: Watch): void {
  if (watch.watched_ms < LEAST_MS || !queryClient.getQueryData(meQuery.queryKey)) return
  waiting = [...waiting, watch].slice(-reelLimits.watches)
  timer ??= setTimeout(sendWatches, AFTER_MS)
}

export function sendWatches(): void {
  clearTimeout(timer)
  timer = undefined
  const watches = waiting.splice(0)
  // Nobody waits for it, and nobody misses it.
  if (watches.length > 0) void api.reels.watched({ body: { watches } }).catch(() => undefined)
}
