import type { UserId } from '@tintype/contract'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Affinities } from './affinities.ts'
import { Celebrities } from './celebrities.ts'
import { type FeedEventDeps, feedConsumers } from './consumers.ts'
import { type ExploresForMembers, feedHandlers } from './handlers.ts'
import type { ReadRecent } from './merge.ts'
import { type FeedDeps, FeedService } from './service.ts'
import { Skeletons } from './skeletons.ts'
import { type TimelineDeps, Timelines } from './timelines.ts'

export type FeedModuleDeps = Omit<
  FeedDeps & FeedEventDeps & TimelineDeps,
  'timelines' | 'affinities' | 'skeletons' | 'celebrities' | 'posts' | 'graph'
> & {
  timelineStore: TimelineStore
  explore: ExploresForMembers
  posts: FeedDeps['posts'] & FeedEventDeps['posts'] & { recentByAuthors: ReadRecent }
  graph: FeedDeps['graph'] & FeedEventDeps['graph'] & TimelineDeps['graph']
}

/** What other modules ask of feeds. */
interface FeedReader {
  /** How much a member cares for authors; each one asked has an answer. */
  affinities(userId: UserId, authorIds: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, number>>
  /** Those who look at their feeds now. */
  present(ids: readonly UserId[]): Promise<UserId[]>
}

/** Home timelines and every list of posts. */
export function feedModule(deps: FeedModuleDeps): ModuleParts & { service: FeedService; reader: FeedReader } {
  const celebrities = new Celebrities(deps)
  const timelines = new Timelines({ ...deps, celebrities })
  const skeletons = new Skeletons({ ...deps, timelines, celebrities })
  const affinities = new Affinities(deps)
  const service = new FeedService({ ...deps, skeletons, affinities })
  return {
    service,
    reader: {
      affinities: (userId, authorIds) => affinities.of(userId, authorIds),
      present: (ids) => timelines.present(ids),
    },
    routes: bind('feed', feedHandlers(service, deps.explore)),
    consumers: feedConsumers({ ...deps, timelines, skeletons, celebrities }),
    schedules: [],
    async erase(member) {
      await timelines.erase(member)
      await celebrities.remove(member)
    },
    rebuilds: [{ name: 'timelines', run: (signal) => timelines.clearAll(signal) }],
  }
}
