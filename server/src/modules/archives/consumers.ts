import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { ArchiveMails } from './mails.ts'
import type { Making } from './making.ts'

/** An object store that is away for hours must not cost the work. */
const ATTEMPTS = 200

export const archiveConsumers = (
  making: Pick<Making, 'make' | 'giveUp'>,
  mails: Pick<ArchiveMails, 'tell'>,
): Consumer[] => [
  consumer({
    group: 'archives',
    types: ['export.requested'],
    // Nobody waits at the screen for it: one after the other.
    concurrency: 1,
    maxAttempts: ATTEMPTS,
    async handle({ payload: { user_id, export_id }, attempt }, signal) {
      try {
        await making.make(user_id, export_id, signal)
      } catch (error) {
        if (attempt >= ATTEMPTS) await making.giveUp(user_id, export_id)
        throw error
      }
    },
  }),
  consumer({
    group: 'archives.mails',
    types: ['export.finished'],
    maxAttempts: ATTEMPTS,
    handle: ({ payload: { user_id, export_id } }) => mails.tell(user_id, export_id),
  }),
]
