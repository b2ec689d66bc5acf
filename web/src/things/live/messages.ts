import { createT } from '../../kit/i18n.ts'

/** What says that somebody is live. */
export const t = createT({
  'live.badge': 'Live',
  'live.watch': '{name} is live. Watch',
})
