import type { FastifyInstance } from 'fastify'
import { buildApp } from '../gateway/app.ts'
import { Overload } from '../gateway/overload.ts'
import type { Peers } from '../gateway/peers.ts'
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
export async function startApi(system: System & { peers?: Peers | undefined }): Promise<RunningApi> {
  const { config, logger, engines } = system
  await using starting = new AsyncDisposableStack()
  const { overloaded, counted } = starting.use(new Overload({ ...config.overload, logger }))
  starting.use(await system.guard.open())
  const app = await buildApp({
    ...system,
    version,
    overloaded,
    counted,
    bindings: system.routes,
    rateLimiter: engines.rateLimiter,
    events: engines.events,
    handlesEvents: config.roles.includes('worker'),
    checks: engines.checks,
    db: engines.db,
    folders: { data: config.dataDir, backups: config.backups.dir },
    mediaOrigins: engines.mediaOrigins,
  })
  const { port, host } = config
  // Each of several processes listens for itself, and the kernel deals connections out (docs/decisions/0005-workers.md). Where it
  // cannot, node:cluster has the first process accept them and pass them on.
  const reusePort = system.peers !== undefined && process.platform === 'linux'
  const address = { port, host, reusePort }
  await app.listen(address)
  starting.defer(async () => {
    const impatience = setTimeout(() => {
      logger.warn('some requests did not end in time and were cut off')
      app.server.closeAllConnections()
    }, DRAIN_MS)
    await app.close()
    clearTimeout(impatience)
  })
  const started = starting.move()
  return { url: urlOf(app, host), app, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/** As a person would type it; the port is the real one where the configuration left it open. */
function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
