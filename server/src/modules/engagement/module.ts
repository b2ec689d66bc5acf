import type { ModuleParts } from '../module.ts'
import { Comments } from './comments.ts'
import type { EngagementDeps } from './deps.ts'
import { engagementConsumers } from './events.ts'
import { Likes } from './likes.ts'
import { engagementRoutes } from './routes.ts'
import { EngagementService } from './service.ts'
import { Threads } from './threads.ts'
import { EngagementUpkeep } from './upkeep.ts'

export function engagementModule(
  deps: EngagementDeps,
): ModuleParts & { service: EngagementService; upkeep: EngagementUpkeep } {
  const likes = new Likes(deps)
  const threads = new Threads(deps)
  const comments = new Comments(deps, threads)
  const upkeep = new EngagementUpkeep({ db: deps.db, posts: deps.posts, likes, comments })
  return {
    service: new EngagementService(deps),
    upkeep,
    routes: engagementRoutes(likes, threads, comments),
    consumers: engagementConsumers(upkeep),
    schedules: [
      { name: 'engagement.counters', everySeconds: 600, run: (signal) => upkeep.sweepCounters(signal) },
    ],
  }
}
