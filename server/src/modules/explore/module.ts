import type { UserId } from '@tintype/contract'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { newestDeeds } from './candidate-store.ts'
import { Candidates, EVER_DAYS } from './candidates.ts'
import { exploreConsumers } from './consumers.ts'
import type { ExploreDeps } from './deps.ts'
import { exploreHandlers } from './handlers.ts'
import { People } from './people.ts'
import { exploreData } from './personal-store.ts'
import { Reasons } from './reasons.ts'
import { ReelShelf } from './reel-shelf.ts'
import { Refusals } from './refusals.ts'
import { DEEDS, Tastes } from './tastes.ts'
import { ExploreUpkeep } from './upkeep.ts'
import { Visits } from './visits.ts'
import { type Shelf, Windows } from './windows.ts'

/** What members may like: posts and people that they do not follow, and reels. */
export function exploreModule(
  deps: ExploreDeps,
): ModuleParts & { service: Visits; reels: Visits; people: People } {
  const candidates = new Candidates(deps)
  const known = (viewerId: UserId) => newestDeeds(deps.db.query, viewerId, DEEDS)
  const posts: Shelf = {
    kind: 'explore',
    of: (viewerId, disliked) => candidates.of(viewerId, disliked),
    newest: (page) => deps.posts.recentPosts(EVER_DAYS, page),
    known,
    withFollowed: false,
  }
  const reasons = new Reasons(deps)
  const upkeep = new ExploreUpkeep(deps)
  return {
    service: new Visits({
      ...deps,
      name: 'explore',
      windows: new Windows({ ...deps, shelf: posts }),
      async dress(viewerId, chosen) {
        const told = await reasons.tell(
          viewerId,
          chosen.map(({ reason }) => reason),
        )
        return told.map((why) => ({ why }))
      },
    }),
    reels: new Visits({
      ...deps,
      name: 'reels',
      windows: new Windows({ ...deps, shelf: new ReelShelf({ ...deps, candidates }) }),
      async dress(viewerId, chosen) {
        const ids = chosen.map(({ post_id }) => post_id)
        const trims = await deps.reels.trims(viewerId, ids)
        return trims.map((trim, at) =>
          chosen[at]?.reason.kind === 'again' ? { ...trim, again: true } : trim,
        )
      },
    }),
    people: new People({ ...deps, candidates }),
    personal: exploreData(deps.db),
    routes: bind('explore', exploreHandlers(new Refusals(deps))),
    consumers: exploreConsumers(new Tastes(deps), upkeep),
    erase: (member) => upkeep.eraseMember(member),
    rebuilds: [{ name: 'places', run: (signal) => upkeep.placeAll(signal) }],
    schedules: [{ name: 'explore.forget', everySeconds: 3600, run: (signal) => upkeep.forget(signal) }],
  }
}
