import type { AccountsReader } from './reader.ts'
import type { Staff } from './staff.ts'

export type { StaffView } from './staff-store.ts'

/** What members are shown of their own account. */
export type Accounts = Pick<AccountsReader, 'own'>

/** Where mails to members go. */
export type Mailboxes = Pick<AccountsReader, 'mailbox'>

/** For what apps are allowed in a member's name. */
export type AppAccounts = Pick<Staff, 'isHere' | 'tellEnded'>

/** Roles, and sessions that moderators end. */
export type StaffAccounts = Pick<
  Staff,
  'endSessionsIn' | 'find' | 'hasOthers' | 'setRole' | 'tellEnded' | 'view'
>
