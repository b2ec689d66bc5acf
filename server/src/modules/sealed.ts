import type { Vault } from '../kit/vault.ts'

/** Of a row: the sealed column, its primary key, and what else was asked for. */
export type SealedRow = Record<string, string>

/**
 * A column that holds what only the vault opens, or by what it is found. Every module says its own, so that a new key can be brought to all of
 * them; server/src/sealed.test.ts holds it to the database.
 */
export interface SealedColumn {
  table: string
  column: string
  /** Its primary key, with the types of the database. */
  key: Readonly<Record<string, 'uuid' | 'text'>>
  /** Where what stands there is made of a column of another table, which has the same `by`. */
  of?: { table: string; column: string; by: string }
  /** What is left of a row whose key is lost: the row with nothing there; else it goes. */
  staysEmpty?: boolean
  /** The same under the key that seals now. Throws where it cannot be opened. */
  renew(row: SealedRow): string
}

/** The usual one: text that stands there alone. */
export const sealedColumn = (
  vault: Vault,
  { use, ...column }: Omit<SealedColumn, 'of' | 'renew'> & { use(row: SealedRow): string },
): SealedColumn => ({
  ...column,
  renew: (row) => vault.seal(vault.open(row[column.column] ?? '', use(row)), use(row)),
})
