import type { WorkloadName } from '../options.ts'
import type { Stage } from '../stage.ts'
import { cost } from './cost.ts'
import { explore } from './explore.ts'
import { fanout } from './fanout.ts'
import { home } from './home.ts'
import { media } from './media.ts'
import { messages } from './messages.ts'
import { mix } from './mix.ts'
import { paging } from './paging.ts'
import { profile } from './profile.ts'
import { reading } from './reading.ts'
import { realtime } from './realtime.ts'
import { search } from './search.ts'
import { soak } from './soak.ts'
import { stories } from './stories.ts'
import { video } from './video.ts'
import { writing } from './writing.ts'

export const workloads: Record<WorkloadName, (stage: Stage) => Promise<void>> = {
  home,
  paging,
  reading,
  writing,
  mix,
  fanout,
  media,
  video,
  stories,
  messages,
  explore,
  search,
  cost,
  realtime,
  soak,
  profile,
}
