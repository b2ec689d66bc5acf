import { consumer } from '../../engines/event-log/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { Guard } from '../../gateway/guard.ts'
import type { ModuleParts } from '../module.ts'
import { Addresses, type AddressesDeps } from './addresses.ts'
import { Doorkeeper, type DoorkeeperDeps } from './doorkeeper.ts'
import { securityHandlers } from './handlers.ts'
import { securityData } from './personal-store.ts'

export type SecurityDeps = Omit<AddressesDeps, 'doorkeeper'> & DoorkeeperDeps

export interface SecurityModule extends ModuleParts {
  guard: Guard & { open(): Promise<AsyncDisposable> }
}

/** Who is let in, and how a community defends itself. */
export function securityModule(deps: SecurityDeps): SecurityModule {
  const doorkeeper = new Doorkeeper(deps)
  const addresses = new Addresses({ ...deps, doorkeeper })
  return {
    guard: doorkeeper,
    personal: securityData(),
    routes: bind('security', securityHandlers({ addresses })),
    consumers: [
      // Whoever changed it may have died before the others were told.
      consumer({ group: 'security.told', types: ['security.changed'], handle: () => doorkeeper.tell() }),
    ],
    rebuilds: [],
    erase: (member) => deps.db.tx((tx) => addresses.forget(tx, member)),
    schedules: [{ name: 'security.rules', everySeconds: 3600, run: () => addresses.forgetOld() }],
  }
}
