import Fastify from 'fastify'
import { registerHealth } from '../gateway/health.ts'
import { createMetrics } from '../gateway/metrics.ts'
import { version } from '../kit/version.ts'
import type { System } from '../wiring.ts'

/** `/health`, `/ready` and `/metrics` of a process that serves nothing else. */
export async function startHealth({ config, engines, logger }: System): Promise<AsyncDisposable> {
  const { checks, events, db } = engines
  const app = Fastify({ logger: false, forceCloseConnections: true })
  registerHealth(app, {
    version,
    logger,
    checks,
    events,
    handlesEvents: config.roles.includes('worker'),
    metrics: createMetrics(events, undefined, { checks, lags: () => db.lags() }),
  })
  await app.listen({ port: config.healthPort, host: config.host })
  return { [Symbol.asyncDispose]: () => app.close() }
}
