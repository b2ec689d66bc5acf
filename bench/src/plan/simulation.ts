import { Random } from '../dataset/random.ts'
import type { Assumptions } from './assumptions.ts'
import type { Plan } from './model.ts'
import type { UnitCosts } from './unit-costs.ts'

/** Seconds. */
export interface Lag {
  posts: number
  p50: number
  p95: number
  p99: number
  most: number
}

const CHUNK = 1000
/** Of the followers of authors: half have fewer than `median`. The tail is that of a power law, as such networks have it. */
const TAIL = 1.3

/**
 * Discrete events on one core of the fan-out: posts come at random at its share of the peak, each with the followers that chance gives its author; chunks of authors
 * take turns, as the workers have it. How long until a post stands in the last feed that it is pushed to.
 */
export function simulateFanOut(
  plan: Plan,
  costs: UnitCosts,
  a: Assumptions,
  { posts = 20_000, celebrity = 10_000, seed = 1 } = {},
): Lag {
  const random = new Random(`fan-out ${seed}`)
  const meanPushed = Math.max(1, a.pushedTo)
  const median = (meanPushed * (TAIL - 1)) / TAIL
  // A core of the fan-out gets so many posts a second that it is as busy as it is meant to be.
  const followers = Array.from({ length: posts }, () =>
    Math.min(celebrity, Math.ceil(median * (1 - random.unit()) ** (-1 / TAIL))),
  )
  const mean = followers.reduce((sum, each) => sum + each, 0) / posts
  const perSecond = a.busy / ((mean * costs.entryMs) / 1000)
  let at = 0
  const arrivals = followers.map((left) => {
    at += -Math.log(1 - random.unit()) / perSecond
    return { arrived: at, left }
  })
  return lagOf(runInTurns(arrivals, costs.entryMs / 1000), plan.rates.posts > 0)
}

interface Push {
  arrived: number
  left: number
}

function runInTurns(arrivals: readonly Push[], entrySeconds: number): number[] {
  const waiting: Push[] = []
  const lags: number[] = []
  let now = 0
  let next = 0
  while (next < arrivals.length || waiting.length > 0) {
    for (; next < arrivals.length && (arrivals[next]?.arrived ?? 0) <= now; next++)
      waiting.push({ ...(arrivals[next] as Push) })
    const push = waiting.shift()
    if (!push) {
      now = arrivals[next]?.arrived ?? now
      continue
    }
    const entries = Math.min(CHUNK, push.left)
    now += entries * entrySeconds
    if (entries === push.left) lags.push(now - push.arrived)
    else waiting.push({ arrived: push.arrived, left: push.left - entries })
  }
  return lags
}

function lagOf(lags: number[], any: boolean): Lag {
  const sorted = any ? lags.sort((x, y) => x - y) : []
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { posts: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: sorted.at(-1) ?? 0 }
}

export interface Outage {
  what: string
  /** Requests that failed or were refused, of those of the time until all is well again. */
  lost: number
  lostShare: number
  /** Seconds until everything asked for is answered again. */
  seconds: number
  /** Of the cores that are left, at the peak, once the load has moved. */
  busyAfter: number
}

interface Fault {
  what: string
  /** Of all capacity, and of all load, what is gone. */
  share: number
  /** Seconds until nobody is sent there any more, and until what is gone is replaced. */
  noticedAfter: number
  replacedAfter: number
}

/** A node is found by three health checks of 10 s; a region by whoever runs it, and names that live for a minute. */
export const faults = (plan: Plan, a: Assumptions): Fault[] => {
  const reading = plan.roles.find(({ role }) => role === 'api, read')?.machines ?? 2
  return [
    { what: 'a machine of the API', share: 1 / reading, noticedAfter: 30, replacedAfter: 180 },
    {
      what: 'the largest region',
      share: a.largestRegion,
      noticedAfter: 180,
      replacedAfter: 4 * 3600,
    },
  ]
}

/**
 * What a fault at the peak costs: requests sent to what is gone fail until it is noticed; then the others take them, and refuse what is above their
 * cores until it is replaced.
 */
export function simulateFault(plan: Plan, a: Assumptions, fault: Fault): Outage {
  const { rates } = plan
  const perSecond = (rates.feedReads + rates.pageReads) * a.peakFactor
  const reading = plan.roles.find(({ role }) => role === 'api, read')
  const capacity = (reading?.machines ?? 0) * a.cores
  const left = capacity * (1 - fault.share)
  const busyAfter = left > 0 ? (reading?.cores ?? 0) / left : Number.POSITIVE_INFINITY
  const events = [
    { from: 0, to: fault.noticedAfter, refused: fault.share },
    { from: fault.noticedAfter, to: fault.replacedAfter, refused: Math.max(0, 1 - 1 / busyAfter) },
  ]
  const lost = events.reduce((sum, { from, to, refused }) => sum + (to - from) * refused * perSecond, 0)
  const last = events.findLast(({ refused }) => refused > 0)
  const seconds = last?.to ?? 0
  return {
    what: fault.what,
    lost,
    lostShare: seconds > 0 ? lost / (seconds * perSecond) : 0,
    seconds,
    busyAfter,
  }
}
