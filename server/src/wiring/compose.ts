import type { ServeName, ServiceName } from '../config.ts'
import type { Broadcast } from '../engines/broadcast/port.ts'
import { type Consumer, consumer } from '../engines/event-log/port.ts'
import { divide, onlyServing } from '../gateway/serving.ts'
import type { ModuleParts } from '../modules/module.ts'
import { rechecks } from '../modules/sockets.ts'

/** All of them; one too few, or one that SERVICES could not list, does not compile. */
type All<M> = Record<ServiceName, ModuleParts> & { [Unlisted in Exclude<keyof M, ServiceName>]: never }

/**
 * What a process does of its modules: the routes, consumers and schedules of those that it serves. The others are there to be asked by
 * these, and do nothing by themselves: somewhere else a process serves them.
 */
export function compose<M>(
  modules: M & All<M>,
  { services, serve }: { services: readonly ServiceName[]; serve: readonly ServeName[] },
  broadcast: Pick<Broadcast, 'publish'>,
) {
  const parts: Record<ServiceName, ModuleParts> = modules
  const served = services.map((name) => parts[name])
  const routes = divide(
    served.flatMap((module) => module.routes),
    serve,
  )
  const others = Object.values(parts).filter((module) => !served.includes(module))
  return {
    routes: routes.here,
    elsewhere: [...routes.elsewhere, ...others.flatMap((module) => module.routes)],
    plugins: served.flatMap((module) => (module.plugin ? [onlyServing(serve, module.plugin)] : [])),
    consumers: [
      ...served.flatMap((module) => module.consumers),
      ...services.map((name) => erasure(name, parts[name])),
      ...services.flatMap((name) => rechecks(name, parts[name].sockets?.topics ?? [], broadcast)),
    ],
    schedules: served.flatMap((module) => module.schedules),
    loops: served.flatMap((module) => module.loops ?? []),
  }
}

const erasure = (name: ServiceName, module: ModuleParts): Consumer =>
  consumer({
    group: `erasure.${name}`,
    types: ['user.deleted'],
    handle: ({ payload }, signal) => module.erase(payload.user_id, signal),
  })
