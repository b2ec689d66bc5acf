import type { UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { type OwnAccount, readAccount, readOwn } from './account-store.ts'

/** What members are shown of their own account. */
export class AccountsReader {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** As it stands; undefined: deleted. */
  own(id: UserId): Promise<OwnAccount | undefined> {
    return readOwn(this.#db.query, id, new Date(this.#clock.now()))
  }

  /** Where mails to a member go; undefined where the address was never proven to be theirs, or where they are away. Whom moderators suspended they still tell. */
  async mailbox(id: UserId): Promise<string | undefined> {
    const account = await readAccount(this.#db.query, id)
    return account?.email_verified_at && !account.away_at ? account.email : undefined
  }
}
