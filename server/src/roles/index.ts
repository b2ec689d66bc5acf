import type { RoleName } from '../config.ts'
import type { Peers } from '../gateway/peers.ts'
import type { System } from '../wiring.ts'

export interface RunningRoles extends AsyncDisposable {
  /** Where the api role listens, if it runs here. */
  url: string | undefined
}

/** Starts the asked roles of this process; disposing stops them in reverse, each letting its work end. */
export async function startRoles(
  system: System,
  roles: readonly RoleName[] = system.config.roles,
  peers?: Peers,
): Promise<RunningRoles> {
  await using starting = new AsyncDisposableStack()
  await system.sealing.begin()
  if (roles.includes('worker')) {
    const { startWorker } = await import('./worker.ts')
    starting.use(await startWorker({ ...system, events: system.engines.events }))
  }
  if (roles.includes('scheduler')) {
    const { startScheduler } = await import('./scheduler.ts')
    const { clock, logger, schedules } = system
    starting.use(startScheduler({ db: system.engines.db, clock, logger, schedules }))
  }
  let url: string | undefined
  if (roles.includes('api') || roles.includes('realtime')) {
    const http = starting.use(await startHttp(system, roles, peers))
    url = http.url
  } else if (system.config.healthPort > 0) {
    const { startHealth } = await import('./health.ts')
    starting.use(await startHealth(system))
  }
  const started = starting.move()
  return { url, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/** Sockets and requests share one listener; a process with only one of the two roles serves only that. */
async function startHttp(
  system: System,
  roles: readonly RoleName[],
  peers: Peers | undefined,
): Promise<AsyncDisposable & { url: string }> {
  const [{ startApi }, { realtimePlugin }] = await Promise.all([
    import('./api.ts'),
    import('./realtime/plugin.ts'),
  ])
  const { engines, config } = system
  const realtime = realtimePlugin({
    ...system,
    broadcast: engines.broadcast,
    publicUrl: config.publicUrl,
    perMember: config.socketsPerMember,
    rateLimitMultiplier: config.rateLimitMultiplier,
  })
  return startApi({
    ...system,
    peers,
    routes: roles.includes('api') ? system.routes : [],
    elsewhere: roles.includes('api') ? system.elsewhere : [...system.routes, ...system.elsewhere],
    plugins: [
      ...(roles.includes('api') ? system.plugins : []),
      ...(roles.includes('realtime') ? [realtime] : []),
    ],
  })
}
