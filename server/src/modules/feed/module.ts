import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Affinities } from './affinities.ts'
import { Celebrities } from './celebrities.ts'
import { type FeedEventDeps, feedConsumers } from './consumers.ts'
import { feedHandlers } from './handlers.ts'
import type { ReadRecent } from './merge.ts'
import { type FeedDeps, FeedService } from './service.ts'
import { Skeletons } from './skeletons.ts'
import { type TimelineDeps, Timelines } from './timelines.ts'

export type FeedModuleDeps = Omit<
  FeedDeps & FeedEventDeps & TimelineDeps,
  'timelines' | 'affinities' | 'skeletons' | 'celebrities' | 'posts' | 'graph'
> & {
  timelineStore: TimelineStore
  posts: FeedDeps['posts'] & FeedEventDeps['posts'] & { recentByAuthors: ReadRecent }
  graph: FeedDeps['graph'] & FeedEventDeps['graph'] & TimelineDeps['graph']
}

/** Home timelines and every list of posts. */
export function feedModule(deps: FeedModuleDeps): ModuleParts & { service: FeedService } {
  const celebrities = new Celebrities(deps)
  const timelines = new Timelines({ ...deps, celebrities })
  const skeletons = new Skeletons({ ...deps, timelines, celebrities })
  const service = new FeedService({ ...deps, skeletons, affinities: new Affinities(deps) })
  return {
    service,
    routes: bind('feed', feedHandlers(service)),
    consumers: feedConsumers({ ...deps, timelines, skeletons, celebrities }),
    schedules: [],
    async erase(member) {
      await timelines.erase(member)
      await celebrities.remove(member)
    },
    rebuilds: [{ name: 'timelines', run: (signal) => timelines.clearAll(signal) }],
  }
}
