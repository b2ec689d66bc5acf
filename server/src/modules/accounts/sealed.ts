import type { Vault } from '../../kit/vault.ts'
import { type SealedColumn, sealedColumn } from '../sealed.ts'
import { emailUses } from './email-uses.ts'

/** Where addresses stand. */
export const sealedEmails = (vault: Vault): SealedColumn[] => [
  sealedColumn(vault, {
    table: 'users',
    column: 'email',
    key: { user_id: 'uuid' },
    staysEmpty: true,
    use: ({ user_id = '' }) => emailUses.own(user_id),
  }),
  {
    table: 'emails',
    column: 'email_index',
    key: { email_index: 'text' },
    of: { table: 'users', column: 'email', by: 'user_id' },
    renew: ({ user_id = '', email = '' }) =>
      vault.index(vault.open(email, emailUses.own(user_id)), emailUses.index),
  },
  sealedColumn(vault, {
    table: 'email_changes',
    column: 'email',
    key: { user_id: 'uuid' },
    use: ({ user_id = '' }) => emailUses.wanted(user_id),
  }),
  sealedColumn(vault, {
    table: 'account_links',
    column: 'email',
    key: { user_id: 'uuid', link_id: 'uuid' },
    use: ({ user_id = '', link_id = '' }) => emailUses.mailedTo(user_id, link_id),
  }),
  sealedColumn(vault, {
    table: 'former_emails',
    column: 'email',
    key: { user_id: 'uuid', change_id: 'uuid' },
    use: ({ user_id = '', change_id = '' }) => emailUses.former(user_id, change_id),
  }),
]
