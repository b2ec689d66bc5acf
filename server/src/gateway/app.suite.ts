import { type Operation, operations, type RouteOf, TintypeError } from '@tintype/contract'
import { pino } from 'pino'
import { MemoryRateLimiter } from '../engines/rate-limiter/memory/rate-limiter.ts'
import { FakeClock } from '../kit/clock.ts'
import { newId } from '../kit/ids.ts'
import { type AppOptions, buildApp } from './app.ts'
import type { Handler, RouteBinding, Viewer } from './binding.ts'
import type { Claim, IdempotencyStore, KeyedRequest } from './idempotency-store.ts'

export const member: Viewer = { user_id: newId(), session_id: newId(), role: 'member' }
export const owner: Viewer = { user_id: newId(), session_id: newId(), role: 'owner' }

/** A gateway with handlers of the test's own; tokens are the words `member`, `owner` and `expired`. */
export async function appWith({
  multiplier = 0,
  config,
  ...options
}: Partial<Omit<AppOptions, 'config'>> & {
  multiplier?: number
  config?: Partial<AppOptions['config']>
} = {}) {
  const clock = new FakeClock()
  const logs: string[] = []
  const app = await buildApp({
    config: {
      publicUrl: 'http://tintype.test',
      trustProxy: false,
      trustedProxies: [],
      compression: 'off',
      corsOrigins: [],
      rateLimitMultiplier: multiplier,
      webDir: '',
      ...config,
    },
    logger: pino({ level: 'info' }, { write: (line: string) => void logs.push(line) }),
    version: '0.0.0',
    bindings: [],
    authenticate(token) {
      if (token === 'member') return member
      if (token === 'owner') return Promise.resolve(owner)
      throw new TintypeError(token === 'expired' ? 'token_expired' : 'unauthorized')
    },
    provenLately: async () => true,
    guard: { verdict: () => undefined, onChange() {}, observe() {} },
    rateLimiter: new MemoryRateLimiter({ buckets: 1000, clock }),
    idempotency: storeInMemory(),
    ...options,
  })
  return { app, clock, logs }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Every route of the contract, answering nothing. */
export const allBindings = (): RouteBinding[] =>
  (Object.keys(operations) as Operation[]).flatMap((operation) =>
    answering(operation, async () => ({}) as never),
  )

export const answering = <O extends Operation>(operation: O, handle: Handler<RouteOf<O>>): RouteBinding[] => [
  { operation, spec: operations[operation], handle: handle as RouteBinding['handle'] },
]

/** Enough of a store for the gateway's own behaviour; the real one is tested on PostgreSQL. */
function storeInMemory(): IdempotencyStore {
  const kept = new Map<string, Claim & { hash: string }>()
  const running = new Set<string>()
  const name = ({ user_id, key }: KeyedRequest) => `${user_id} ${key}`
  return {
    async claim(request) {
      const found = kept.get(name(request))
      if (found && found.hash !== request.request_hash.toString('hex'))
        throw new TintypeError('idempotency_mismatch')
      if (found) return found
      if (running.has(name(request))) throw new TintypeError('conflict')
      running.add(name(request))
      return { outcome: 'run', reserved_id: newId(), lease_id: newId() }
    },
    async renew() {},
    async finish(request, reply) {
      running.delete(name(request))
      kept.set(name(request), {
        outcome: 'replay',
        ...reply,
        hash: request.request_hash.toString('hex'),
      })
    },
    async release(request) {
      running.delete(name(request))
    },
  }
}
