import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Grants } from './grants.ts'

export const appConsumers = (grants: Pick<Grants, 'endOf'>): Consumer[] => [
  // The process that removed it may have died before all was ended.
  consumer({
    group: 'apps.removed',
    types: ['app.removed'],
    handle: ({ payload }, signal) => grants.endOf(payload.app_id, signal),
  }),
]
