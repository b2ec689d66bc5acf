import { attachedTo, type ScheduledId } from '@tintype/contract'
import { consumer } from '../../engines/event-log/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import type { ScheduledDeps } from './deps.ts'
import { scheduledHandlers } from './handlers.ts'
import { scheduledData } from './personal-store.ts'
import { Scheduled } from './scheduled.ts'
import { scheduledKind } from './subjects.ts'

/** Seconds that a post is late at most, while the server runs. */
const EVERY = 5

export { scheduledNotices } from './notices.ts'

/** Posts that are published later. */
export function scheduledModule<Upload, Edit>(deps: ScheduledDeps<Upload, Edit>): ModuleParts {
  const scheduled = new Scheduled(deps)
  return {
    personal: scheduledData(deps.db),
    routes: bind('scheduled', scheduledHandlers(scheduled)),
    consumers: [
      consumer({
        group: 'scheduled',
        types: ['media.ready', 'media.failed'],
        async handle({ type, payload }) {
          const { kind, id } = attachedTo(payload)
          if (kind !== 'scheduled') return
          if (type === 'media.ready') await scheduled.filesReady(id as ScheduledId)
          else await scheduled.filesFailed(id as ScheduledId, payload.code)
        },
      }),
    ],
    erase: (member, signal) => scheduled.erase(member, signal),
    subjects: [scheduledKind(deps)],
    rebuilds: [],
    schedules: [
      { name: 'scheduled.publish', everySeconds: EVERY, run: (signal) => scheduled.publishDue(signal) },
    ],
  }
}
