import type { ChallengePurpose } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { type Bucket, type RateLimiter, scaled } from '../../engines/rate-limiter/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { lruOf } from '../../kit/lru.ts'
import { attackSigns } from './signs.ts'

export interface AttackDeps {
  rateLimiter: Pick<RateLimiter, 'take'>
  broadcast: Pick<Broadcast, 'publish' | 'subscribe'>
  clock: Clock
  /** Scales how much is free; 0: nothing is an attack. */
  rateLimitMultiplier: number
}

const CHANNEL = 'security.attack'
const MINUTE_MS = 60_000
/** Milliseconds after the last sign of it. */
const LASTS_MS = 15 * MINUTE_MS
export const MOST_LEVEL = 4

type Scope = `${ChallengePurpose}:${string}`
interface Under {
  until: number
  /** Signs beyond what is free. */
  count: number
}
type News = [scope: Scope, under: Under]

const levelOf = (count: number): number => Math.min(MOST_LEVEL, Math.floor(Math.log2(Math.max(1, count))))

/**
 * Whether log-in or registration are attacked, from one address or in all. Failures spend tokens, shared by all processes; where none are left it is an
 * attack until a quarter of an hour after the last, told to all processes about once a minute and when it grows.
 */
export class Attack {
  readonly #deps: AttackDeps
  readonly #under = lruOf<Scope, Under>(10_000)

  constructor(deps: AttackDeps) {
    this.#deps = deps
  }

  open(): Promise<AsyncDisposable> {
    return this.#deps.broadcast.subscribe(CHANNEL, (news) => {
      const [scope, { until, count }] = news as News
      const known = this.#under.get(scope)
      this.#under.set(scope, {
        until: Math.max(until, known?.until ?? 0),
        count: Math.max(count, known?.count ?? 0),
      })
    })
  }

  /** A log-in failed there, or an account was made. */
  async note(purpose: ChallengePurpose, network: string): Promise<void> {
    const { address, all } = attackSigns[purpose]
    await Promise.all([this.#spend(`${purpose}:${network}`, address), this.#spend(`${purpose}:`, all)])
  }

  /** How grave it is for who comes from there, from 0 to MOST_LEVEL; undefined: it is no attack. */
  level(purpose: ChallengePurpose, network: string): number | undefined {
    const found = [this.#current(`${purpose}:`), this.#current(`${purpose}:${network}`)].filter(
      (one) => one !== undefined,
    )
    return found.length === 0 ? undefined : Math.max(...found.map(({ count }) => levelOf(count)))
  }

  /** Until when all are asked; null: it is no attack. Milliseconds since 1970. */
  until(purpose: ChallengePurpose): number | null {
    return this.#current(`${purpose}:`)?.until ?? null
  }

  #current(scope: Scope): Under | undefined {
    const under = this.#under.get(scope)
    return under && under.until > this.#deps.clock.now() ? under : undefined
  }

  async #spend(scope: Scope, free: Bucket): Promise<void> {
    const { rateLimiter, rateLimitMultiplier, broadcast, clock } = this.#deps
    if (rateLimitMultiplier === 0) return
    if ((await rateLimiter.take(`attack.${scope}`, scaled(free, rateLimitMultiplier))).granted) return
    const before = this.#current(scope)
    const under = { until: clock.now() + LASTS_MS, count: (before?.count ?? 0) + 1 }
    this.#under.set(scope, under)
    const isNews =
      !before || under.until - before.until > MINUTE_MS || levelOf(under.count) > levelOf(before.count)
    if (!isNews) return
    await broadcast.publish(CHANNEL, [scope, under] satisfies News).catch(() => {})
  }
}
