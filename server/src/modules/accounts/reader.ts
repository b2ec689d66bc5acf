import type { UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { type OwnRow, readAccount, readOwn } from './account-store.ts'
import type { Addresses } from './addresses.ts'

export type OwnAccount = Omit<OwnRow, 'user_id'>

/** What members are shown of their own account. */
export class AccountsReader {
  readonly #db: Db
  readonly #clock: Clock
  readonly #addresses: Pick<Addresses, 'of' | 'wanted'>

  constructor(deps: { db: Db; clock: Clock; addresses: Pick<Addresses, 'of' | 'wanted'> }) {
    this.#db = deps.db
    this.#clock = deps.clock
    this.#addresses = deps.addresses
  }

  /** As it stands; undefined: deleted. */
  async own(id: UserId): Promise<OwnAccount | undefined> {
    const row = await readOwn(this.#db.query, id, new Date(this.#clock.now()))
    if (!row) return undefined
    const { user_id, email_pending: email, ...own } = row
    const email_pending = email === null ? null : this.#addresses.wanted({ user_id, email })
    return { ...own, email: this.#addresses.of(row), email_pending }
  }

  /** Where mails to a member go; undefined where the address was never proven to be theirs, or where they are away. Whom moderators suspended they still tell. */
  async mailbox(id: UserId): Promise<string | undefined> {
    const account = await readAccount(this.#db.query, id)
    if (!account?.email_verified_at || account.away_at) return undefined
    return this.#addresses.of(account) || undefined
  }
}
