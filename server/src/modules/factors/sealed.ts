import type { Vault } from '../../kit/vault.ts'
import { type SealedColumn, sealedColumn } from '../sealed.ts'

/** What the vault is told that the secret of an authenticator app is. */
export const totpUse = (userId: string) => `totp ${userId}`

export const sealedFactors = (vault: Vault): SealedColumn[] =>
  ['secret', 'waiting'].map((column) =>
    sealedColumn(vault, {
      table: 'totp_secrets',
      column,
      key: { user_id: 'uuid' },
      use: ({ user_id = '' }) => totpUse(user_id),
    }),
  )
