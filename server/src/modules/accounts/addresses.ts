import type { UserId } from '@tintype/contract'
import type { Vault } from '../../kit/vault.ts'
import type { AccountRow, EmailIndex } from './account-store.ts'
import type { EmailChangeRow, FormerEmailRow } from './email-change-store.ts'
import { emailUses } from './email-uses.ts'
import type { LinkRow } from './link-store.ts'

/** E-mail addresses as the database has them: sealed, each for its row, and found by a keyed hash. */
export class Addresses {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  index(email: string): EmailIndex {
    const { index } = emailUses
    return { written: this.#vault.index(email, index), all: this.#vault.indices(email, index) }
  }

  seal = (userId: UserId, email: string): string => this.#vault.seal(email, emailUses.own(userId))
  /** Empty where its key was lost. */
  of = ({ user_id, email }: Pick<AccountRow, 'user_id' | 'email'>): string =>
    email && this.#vault.open(email, emailUses.own(user_id))

  sealWanted = (userId: UserId, email: string): string => this.#vault.seal(email, emailUses.wanted(userId))
  wanted = ({ user_id, email }: Pick<EmailChangeRow, 'user_id' | 'email'>): string =>
    this.#vault.open(email, emailUses.wanted(user_id))

  sealMailedTo = (userId: UserId, linkId: string, email: string): string =>
    this.#vault.seal(email, emailUses.mailedTo(userId, linkId))
  mailedTo = ({ user_id, link_id, email }: Pick<LinkRow, 'user_id' | 'link_id' | 'email'>): string =>
    this.#vault.open(email, emailUses.mailedTo(user_id, link_id))

  sealFormer = (userId: UserId, changeId: string, email: string): string =>
    this.#vault.seal(email, emailUses.former(userId, changeId))
  former = ({ user_id, change_id, email }: FormerEmailRow): string =>
    this.#vault.open(email, emailUses.former(user_id, change_id))
}
