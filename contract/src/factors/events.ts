import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'

/** What happened to the ways by which a member proves that it is them. */
export type FactorChange =
  | 'totp_on'
  | 'totp_off'
  | 'codes_renewed'
  | 'code_used'
  | 'passkey_added'
  | 'passkey_removed'
  | 'openid_linked'
  | 'openid_unlinked'

export const factorEvents = {
  'user.factors_changed': event<{ user_id: UserId; change: FactorChange }>((e) => e.user_id),
}
