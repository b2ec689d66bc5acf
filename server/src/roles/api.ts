import type { FastifyInstance } from 'fastify'
import type { Cache } from '../engines/cache/port.ts'
import { buildApp } from '../gateway/app.ts'
import { Overload } from '../gateway/overload.ts'
import type { Peers } from '../gateway/peers.ts'
import { sharedBuckets } from '../gateway/shared-buckets.ts'
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
  const app = await buildApp({
    ...system,
    version,
    overloaded,
    counted,
    bindings: system.routes,
    cache: await buckets(system, starting),
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

/** Where rate limits are counted: with the other processes, where there may be any. */
async function buckets(
  { config, engines, logger }: System,
  stack: AsyncDisposableStack,
): Promise<Pick<Cache, 'takeToken'>> {
  if (!config.isOneOfSeveral || config.rateLimitMultiplier === 0) return engines.cache
  const onError = (error: unknown) => logger.warn({ err: error }, 'rate limits could not be told')
  const { cache: local, broadcast } = engines
  return stack.use(await sharedBuckets({ local, broadcast, onError }))
}

/** As a person would type it; the port is the real one where the configuration left it open. */
function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
