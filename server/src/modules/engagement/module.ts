import type { Broadcast } from '../../engines/broadcast/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Comments } from './comments.ts'
import { engagementConsumers } from './consumers.ts'
import type { EngagementDeps } from './deps.ts'
import { commentHandlers, commentReviewHandlers, engagementHandlers } from './handlers.ts'
import { Likes } from './likes.ts'
import { moderatedComments } from './moderated.ts'
import { engagementNotices } from './notices.ts'
import { engagementData } from './personal-store.ts'
import { PostStats } from './post-stats.ts'
import { Reviewing } from './reviewing.ts'
import { EngagementService } from './service.ts'
import { postTopic } from './sockets.ts'
import { type CommentKindDeps, commentKind } from './subjects.ts'
import { Threads } from './threads.ts'
import { EngagementUpkeep } from './upkeep.ts'

export function engagementModule(
  deps: EngagementDeps & CommentKindDeps & { broadcast: Pick<Broadcast, 'publish'> },
): ModuleParts & { service: EngagementService; upkeep: EngagementUpkeep } {
  const postStats = new PostStats(deps)
  const likes = new Likes(deps)
  const threads = new Threads(deps)
  const comments = new Comments(deps, threads)
  const upkeep = new EngagementUpkeep({ ...deps, likes, comments, postStats })
  const service = new EngagementService({ db: deps.db, postStats, likes })
  return {
    service,
    upkeep,
    personal: engagementData(deps.db),
    routes: [
      ...bind('engagement', engagementHandlers(likes)),
      ...bind('comments', commentHandlers(threads, comments)),
      ...bind('commentReview', commentReviewHandlers(new Reviewing(deps, threads, comments))),
    ],
    consumers: engagementConsumers(upkeep, deps.broadcast),
    sockets: { topics: [postTopic({ ...deps, postStats, threads })] },
    erase: (member, signal) => upkeep.eraseMember(member, signal),
    notices: engagementNotices(service),
    subjects: [commentKind(threads, deps, moderatedComments(deps, comments))],
    rebuilds: [{ name: 'counters', run: (signal) => upkeep.recountAll(signal) }],
    schedules: [
      { name: 'engagement.counters', everySeconds: 600, run: (signal) => upkeep.sweepCounters(signal) },
      {
        name: 'engagement.text',
        everySeconds: 60,
        async run(signal) {
          while (!signal.aborted && (await upkeep.renewSomeTexts()));
        },
      },
    ],
  }
}
