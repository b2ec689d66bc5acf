import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { searchConsumers } from './consumers.ts'
import type { SearchDeps } from './deps.ts'
import { searchHandlers } from './handlers.ts'
import { Indexing } from './indexing.ts'
import { Labels } from './labels.ts'
import { searchData } from './personal-store.ts'
import { Recents } from './recents.ts'
import { Search } from './search.ts'

export { Labels }

/** Finding members, posts, hashtags and places by words. */
export function searchModule(deps: SearchDeps & { labels: Labels }): ModuleParts & { service: Search } {
  const indexing = new Indexing(deps)
  const search = new Search(deps)
  const recents = new Recents({ ...deps, search })
  return {
    service: search,
    personal: searchData(deps.db),
    routes: bind('search', searchHandlers({ search, recents })),
    consumers: searchConsumers(indexing),
    async erase(member) {
      await recents.erase(member)
      await indexing.members([member])
    },
    rebuilds: [{ name: 'search', run: (signal) => indexing.rebuild(signal) }],
    schedules: [
      { name: 'search.made', everySeconds: 30, run: (signal) => indexing.rebuildIfDue(signal) },
      { name: 'search.swept', everySeconds: 600, run: () => indexing.sweep() },
    ],
  }
}
