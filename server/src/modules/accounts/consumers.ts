import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Authentication } from './authentication.ts'

export const accountConsumers = (authentication: Pick<Authentication, 'tellEnded'>): Consumer[] => [
  // The process that ended them may have died before it told the others.
  consumer({
    group: 'accounts.sessions',
    types: ['user.sessions_ended'],
    handle: ({ payload }) => authentication.tellEnded(payload.session_ids),
  }),
]
