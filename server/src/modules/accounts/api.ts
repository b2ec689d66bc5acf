import type { AccountsReader } from './reader.ts'

/** What members are shown of their own account. */
export type Accounts = Pick<AccountsReader, 'own'>

/** Where mails to members go. */
export type Mailboxes = Pick<AccountsReader, 'mailbox'>
