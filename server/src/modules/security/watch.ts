import { createHmac } from 'node:crypto'
import type { Operation, PatternKind } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import { type RateLimiter, scaled } from '../../engines/rate-limiter/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { networkOf } from '../../kit/network.ts'
import type { Attack } from './attack.ts'
import { Distinct } from './distinct.ts'
import type { Doer, Journal } from './journal.ts'
import { eventOf, patternSigns } from './signs.ts'

export interface WatchDeps {
  rateLimiter: Pick<RateLimiter, 'take'>
  clock: Clock
  secret: string
  rateLimitMultiplier: number
  attack: Pick<Attack, 'note'>
  journal: Pick<Journal, 'add' | 'addPattern'>
  onError(error: unknown): void
}

/** What is looked at, one by one, by whoever gathers all. */
const looked: ReadonlySet<Operation> = new Set<Operation>(['members.profile', 'posts.get'])

/**
 * Looks at requests after they were answered, and tells of what is no accident. For most that is one look at their operation. Buckets are
 * shared by all processes; who has come to what is known by each for itself, so one that is spread over many is found a little later.
 */
export class Watch {
  readonly #deps: WatchDeps
  readonly #distinct = new Distinct()
  readonly #key: Buffer

  constructor(deps: WatchDeps) {
    this.#deps = deps
    this.#key = createHmac('sha256', deps.secret).update('tintype watched accounts').digest()
  }

  observe(request: FastifyRequest): void {
    const { operation } = request.routeOptions.config
    if (operation === undefined || request.isExempt) return
    this.#look(request, operation).catch(this.#deps.onError)
  }

  async #look(request: FastifyRequest, operation: Operation): Promise<void> {
    const { failure, viewer } = request
    const isLooked = looked.has(operation)
    const event = eventOf(operation, failure)
    const isRegistered = operation === 'accounts.register' && failure === null
    if (event === undefined && !isLooked && !isRegistered) return
    const doer = { address: networkOf(request.ip), member_id: viewer?.user_id ?? null }
    if (event !== undefined) this.#deps.journal.add(event, doer)
    if (isRegistered) await this.#deps.attack.note('register', doer.address)
    if (operation === 'accounts.login' && event !== undefined) await this.#loginFailed(request, doer)
    // A school is behind one address: members are told apart.
    const source = doer.member_id ?? doer.address
    if (isLooked && failure === 'not_found') await this.#more('enumeration', source, doer)
    if (
      isLooked &&
      failure === null &&
      this.#distinct.isNew(`looks ${source}`, request.url, this.#deps.clock.now())
    )
      await this.#more('scraping', source, doer)
  }

  async #loginFailed(request: FastifyRequest, doer: Doer & { address: string }): Promise<void> {
    const { attack, clock } = this.#deps
    await attack.note('login', doer.address)
    const { login = '' } = (request.body ?? {}) as { login?: string }
    const account = createHmac('sha256', this.#key).update(login.trim().toLowerCase()).digest('base64url')
    const now = clock.now()
    if (this.#distinct.isNew(`tries ${doer.address}`, account, now))
      await this.#more('stuffing', doer.address, doer)
    if (this.#distinct.isNew(`tried ${account}`, doer.address, now))
      await this.#more('account_attacked', account, { address: null, member_id: null })
  }

  async #more(kind: PatternKind, source: string, doer: Doer): Promise<void> {
    const { rateLimiter, rateLimitMultiplier, journal } = this.#deps
    if (rateLimitMultiplier === 0) return
    const bucket = scaled(patternSigns[kind], rateLimitMultiplier)
    const { granted } = await rateLimiter.take(`pattern.${kind}:${source}`, bucket)
    if (!granted) journal.addPattern(kind, source, { ...doer, free: bucket.burst })
  }
}
