import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Limit } from '../../gateway/rate-limits.ts'
import type { Clock } from '../../kit/clock.ts'
import type { AppAccounts } from '../accounts/api.ts'
import type { Members } from '../members/api.ts'
import type { AppTokens } from './app-tokens.ts'

export interface AppsDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  tokens: AppTokens
  accounts: AppAccounts
  members: Pick<Members, 'usernames'>
  /** Undefined where limits are off. */
  limit: Limit | undefined
  /** Where people reach us; empty: whatever the request says. */
  publicUrl: string
  /** Whether apps may register themselves. */
  registration: boolean
}
