import { t } from '../../messages.ts'

/** Who may join, as first run and settings offer it. */
export const joinOptions = [
  { value: 'open', label: t('join.open'), hint: t('join.openHint') },
  { value: 'invitation', label: t('join.invitation'), hint: t('join.invitationHint') },
  { value: 'closed', label: t('join.closed'), hint: t('join.closedHint') },
] as const
