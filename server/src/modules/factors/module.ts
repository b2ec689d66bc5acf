import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { type FactorDeps, Factors } from './factors.ts'
import { factorHandlers } from './handlers.ts'

/** By what members prove that it is them, beside their password. */
export function factorsModule(deps: FactorDeps): ModuleParts & { service: Factors } {
  const service = new Factors(deps)
  return {
    service,
    routes: bind('factors', factorHandlers(service)),
    consumers: [],
    schedules: [],
    rebuilds: [],
    erase: (member) => service.erase(member),
  }
}
