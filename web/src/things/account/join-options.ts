import type { Instance } from '@tintype/contract'
import { t } from './messages.ts'

/** Who may join, as first run and settings offer it. */
export const joinOptions = [
  { value: 'open', label: t('join.open'), hint: t('join.openHint') },
  { value: 'invitation', label: t('join.invitation'), hint: t('join.invitationHint') },
  { value: 'closed', label: t('join.closed'), hint: t('join.closedHint') },
] as const

/** How many steps the first run has: nobody is invited to a place that is closed. */
export const stepsOf = ({ registration }: Pick<Instance, 'registration'>) =>
  registration === 'closed' ? 3 : 4
