import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Asking } from './asking.ts'
import { Clients } from './clients.ts'
import { deleteCodes, deleteOldCodes } from './code-store.ts'
import { appConsumers } from './consumers.ts'
import type { AppsDeps } from './deps.ts'
import { Developer } from './developer.ts'
import { DeviceCodes } from './device-codes.ts'
import { deleteAnswered, deleteOldDevices } from './device-store.ts'
import { oauthEndpoints } from './endpoints.ts'
import { Exchange } from './exchange.ts'
import { deleteOldTokens } from './grant-store.ts'
import { Grants } from './grants.ts'
import { appHandlers, developerHandlers } from './handlers.ts'
import { Lookup } from './lookup.ts'
import { appsData } from './personal-store.ts'
import { Registration } from './registration.ts'

export { AppTokens } from './app-tokens.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Other programs, and what members let them do. */
export function appsModule(deps: AppsDeps): ModuleParts {
  const { db, clock } = deps
  const clients = new Clients(deps)
  const grants = new Grants(deps)
  const asking = new Asking({ ...deps, clients })
  const devices = new DeviceCodes({ ...deps, asking })
  const developer = new Developer({ ...deps, grants })
  const exchange = new Exchange({ ...deps, clients, grants, devices })
  const lookup = new Lookup({ ...deps, grants })
  const registration = new Registration({ ...deps, developer })
  const handled = { ...deps, asking, devices, grants, developer }
  const before = (ms: number) => new Date(clock.now() - ms)
  return {
    personal: appsData(db),
    routes: [...bind('apps', appHandlers(handled)), ...bind('developer', developerHandlers(handled))],
    plugin: oauthEndpoints({
      ...deps,
      clients,
      exchange,
      devices,
      lookup,
      registration: deps.registration ? registration : undefined,
    }),
    consumers: appConsumers(grants),
    schedules: [
      { name: 'apps.grants', everySeconds: 600, run: (signal) => grants.purge(signal) },
      {
        name: 'apps.codes',
        everySeconds: 600,
        async run() {
          await deleteOldTokens(db.query, before(HOUR_MS))
          await deleteOldCodes(db.query, before(DAY_MS))
          await deleteOldDevices(db.query, before(0))
          await registration.forgetUnclaimed()
        },
      },
    ],
    rebuilds: [],
    async erase(member, signal) {
      await developer.erase(member, signal)
      // What was allowed went with the account; more of it may have been on its way.
      await grants.end(member, {})
      await deleteCodes(db.query, member)
      await deleteAnswered(db.query, member)
    },
  }
}
