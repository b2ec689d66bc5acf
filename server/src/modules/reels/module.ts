import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { reelConsumers } from './consumers.ts'
import type { ReelDeps } from './deps.ts'
import { reelHandlers } from './handlers.ts'
import { ReelListing } from './listing.ts'
import { reelsData } from './personal-store.ts'
import { Reels } from './reels.ts'
import { Sounds } from './sounds.ts'
import { Watches } from './watches.ts'

/** Posts of one video that are watched one after the other, and the sounds that they share. */
export function reelsModule(deps: ReelDeps): ModuleParts & { service: Reels } {
  const sounds = new Sounds(deps)
  const watches = new Watches(deps)
  const listing = new ReelListing(deps)
  const reels = new Reels({ ...deps, sounds, watches })
  return {
    service: reels,
    personal: reelsData(deps.db),
    routes: bind('reels', reelHandlers({ reels, sounds, watches, feed: deps.feed })),
    consumers: reelConsumers(listing),
    erase: (member) => watches.erase(member),
    rebuilds: [{ name: 'reels', run: (signal) => listing.listAll(signal) }],
    schedules: [{ name: 'reels.forget', everySeconds: 3600, run: (signal) => watches.forget(signal) }],
  }
}
