import type { Me, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { readAccount } from './account-store.ts'

/** What members are shown of their own account. */
export class AccountsReader {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** As it stands; undefined: deleted. */
  async own(id: UserId): Promise<Pick<Me, 'email' | 'role'> | undefined> {
    return readAccount(this.#db.query, id)
  }
}
