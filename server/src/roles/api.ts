import type { FastifyInstance } from 'fastify'
import { buildApp } from '../gateway/app.ts'
import { version } from '../kit/version.ts'
import type { System } from '../wiring.ts'

export interface RunningApi extends AsyncDisposable {
  /** Where it listens. */
  url: string
  app: FastifyInstance
}

/** Requests that take longer to end than this are cut off when the process stops. */
const DRAIN_MS = 10_000

/** Serves HTTP. Disposing stops to accept, lets what runs end, and closes idle connections. */
export async function startApi(system: System): Promise<RunningApi> {
  const { config, logger, engines } = system
  const app = await buildApp({
    ...system,
    version,
    bindings: system.routes,
    cache: engines.cache,
    events: engines.events,
    checks: [
      { name: 'database', check: () => engines.db.ping() },
      { name: 'cache', check: () => engines.cache.ping() },
      { name: 'events', check: () => engines.events.ping() },
      { name: 'broadcast', check: () => engines.broadcast.ping() },
      { name: 'object_store', check: () => engines.objectStore.ping() },
      { name: 'timelines', check: () => engines.timelineStore.ping() },
    ],
  })
  await app.listen({ port: config.port, host: config.host })
  const url = urlOf(app, config.host)
  return {
    url,
    app,
    async [Symbol.asyncDispose]() {
      const impatience = setTimeout(() => {
        logger.warn('some requests did not end in time and were cut off')
        app.server.closeAllConnections()
      }, DRAIN_MS)
      await app.close()
      clearTimeout(impatience)
    },
  }
}

/** As a person would type it; the port is the real one where the configuration left it open. */
function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
