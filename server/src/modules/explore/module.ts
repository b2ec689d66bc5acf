import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Candidates } from './candidates.ts'
import { exploreConsumers } from './consumers.ts'
import type { ExploreDeps } from './deps.ts'
import { Explore } from './explore.ts'
import { exploreHandlers } from './handlers.ts'
import { People } from './people.ts'
import { Reasons } from './reasons.ts'
import { Refusals } from './refusals.ts'
import { Tastes } from './tastes.ts'
import { ExploreUpkeep } from './upkeep.ts'
import { Windows } from './windows.ts'

/** What members may like that they do not follow: posts and people. */
export function exploreModule(deps: ExploreDeps): ModuleParts & { service: Explore; people: People } {
  const candidates = new Candidates(deps)
  const windows = new Windows({ ...deps, candidates })
  const upkeep = new ExploreUpkeep(deps)
  return {
    service: new Explore({ ...deps, windows, reasons: new Reasons(deps) }),
    people: new People({ ...deps, candidates }),
    routes: bind('explore', exploreHandlers(new Refusals(deps))),
    consumers: exploreConsumers(new Tastes(deps), upkeep),
    erase: (member) => upkeep.eraseMember(member),
    rebuilds: [{ name: 'places', run: (signal) => upkeep.placeAll(signal) }],
    schedules: [{ name: 'explore.forget', everySeconds: 3600, run: (signal) => upkeep.forget(signal) }],
  }
}
