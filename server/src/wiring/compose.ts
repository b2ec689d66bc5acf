import type { ServiceName } from '../config.ts'
import { type Consumer, consumer } from '../engines/event-log/port.ts'
import type { ModuleParts } from '../modules/module.ts'

/** All of them; one that is missing does not compile. */
export type Modules = Record<ServiceName, ModuleParts>

/**
 * What a process does of its modules: the routes, consumers and schedules of those that it serves. The others are there to be asked by
 * these, and do nothing by themselves: somewhere else a process serves them.
 */
export function compose(modules: Modules, services: readonly ServiceName[]) {
  const served = services.map((name) => modules[name])
  return {
    routes: served.flatMap((module) => module.routes),
    plugins: served.flatMap((module) => module.plugin ?? []),
    consumers: [
      ...served.flatMap((module) => module.consumers),
      ...services.map((name) => erasure(name, modules[name])),
    ],
    schedules: served.flatMap((module) => module.schedules),
  }
}

const erasure = (name: ServiceName, module: ModuleParts): Consumer =>
  consumer({
    group: `erasure.${name}`,
    types: ['user.deleted'],
    handle: ({ payload }, signal) => module.erase(payload.user_id, signal),
  })
