import type { Consumer } from '../engines/event-log/port.ts'
import type { RouteBinding } from '../gateway/binding.ts'

/** Runs on one process of the cluster at a time, about every `everySeconds`. Must bear being run twice. */
export interface Schedule {
  name: string
  everySeconds: number
  run(signal: AbortSignal): Promise<void>
}

/** What every module gives to the roles, beside its service. */
export interface ModuleParts {
  routes: RouteBinding[]
  consumers: Consumer[]
  schedules: Schedule[]
}
