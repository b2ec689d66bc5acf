import type { UserId } from '@tintype/contract'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import type { Reposts } from '../reposts/api.ts'
import { Affinities } from './affinities.ts'
import { Celebrities } from './celebrities.ts'
import { eraseChoices } from './choice-store.ts'
import { type FeedEventDeps, feedConsumers } from './consumers.ts'
import { type FavouriteDeps, Favourites } from './favourites.ts'
import { FeedWeights } from './feed-weights.ts'
import { type ExploresForMembers, feedHandlers } from './handlers.ts'
import type { ReadRecent } from './merge.ts'
import { feedData } from './personal-store.ts'
import { Reposted, type RepostedDeps } from './reposted.ts'
import { type FeedDeps, FeedService } from './service.ts'
import { Skeletons } from './skeletons.ts'
import { type TagFollowDeps, TagFollows } from './tag-follows.ts'
import { type TimelineDeps, Timelines } from './timelines.ts'

export type FeedModuleDeps = Omit<
  FeedDeps & FeedEventDeps & TimelineDeps & TagFollowDeps & RepostedDeps,
  | 'timelines'
  | 'affinities'
  | 'skeletons'
  | 'celebrities'
  | 'posts'
  | 'graph'
  | 'favourites'
  | 'tagFollows'
  | 'reposted'
  | 'reposts'
  | 'weights'
> & {
  timelineStore: TimelineStore
  explore: ExploresForMembers
  posts: FeedDeps['posts'] & FeedEventDeps['posts'] & { recentByAuthors: ReadRecent }
  reposts: Reposts
  graph: FeedDeps['graph'] & FeedEventDeps['graph'] & TimelineDeps['graph'] & FavouriteDeps['graph']
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
  const favourites = new Favourites(deps)
  const weights = new FeedWeights(deps)
  const tagFollows = new TagFollows({ ...deps, timelines, skeletons })
  const reposted = new Reposted({ ...deps, timelines, skeletons, celebrities })
  const service = new FeedService({ ...deps, skeletons, affinities, favourites, weights, tagFollows })
  return {
    service,
    reader: {
      affinities: (userId, authorIds) => affinities.of(userId, authorIds),
      present: (ids) => timelines.present(ids),
    },
    personal: feedData(deps.db),
    routes: bind(
      'feed',
      feedHandlers({ feed: service, explore: deps.explore, favourites, tagFollows, weights }),
    ),
    consumers: feedConsumers({ ...deps, timelines, skeletons, celebrities, tagFollows, reposted }),
    schedules: [],
    async erase(member) {
      await timelines.erase(member)
      await celebrities.remove(member)
      await eraseChoices(deps.db.query, member)
    },
    rebuilds: [{ name: 'timelines', run: (signal) => timelines.clearAll(signal) }],
  }
}
