import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { RepostChoices } from './choices.ts'
import { repostConsumers } from './consumers.ts'
import type { RepostDeps } from './deps.ts'
import { repostHandlers } from './handlers.ts'
import { repostNotices } from './notices.ts'
import { repostsData } from './personal-store.ts'
import { RepostsReader } from './reader.ts'
import { Reposts } from './reposts.ts'
import { RepostUpkeep } from './upkeep.ts'

/** Posts that members pass on to their followers. */
export function repostsModule(deps: RepostDeps): ModuleParts & { reader: RepostsReader } {
  const choices = new RepostChoices(deps)
  const reader = new RepostsReader({ ...deps, choices })
  const reposts = new Reposts({ ...deps, choices, reader })
  const upkeep = new RepostUpkeep({ ...deps, reposts })
  return {
    reader,
    personal: repostsData(deps.db),
    routes: bind('reposts', repostHandlers({ reposts, reader, choices })),
    consumers: repostConsumers(upkeep),
    notices: repostNotices(reader),
    erase: (member, signal) => upkeep.eraseMember(member, signal),
    rebuilds: [{ name: 'reposts', run: (signal) => upkeep.recountAll(signal) }],
    schedules: [{ name: 'reposts.counters', everySeconds: 600, run: (signal) => upkeep.sweep(signal) }],
  }
}
