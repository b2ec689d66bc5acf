import { type EmailChange, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import * as store from './account-store.ts'
import type { Addresses } from './addresses.ts'
import { parseEmail } from './email.ts'
import * as changes from './email-change-store.ts'
import { endLinks } from './link-store.ts'
import type { Links } from './links.ts'

export interface EmailChangeDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  links: Pick<Links, 'read'>
  addresses: Addresses
}

const LIFE_MS = 24 * 3_600_000

/**
 * Another address for an account. Who reads the mails of the old one says yes, so that nobody takes the account by a stolen session;
 * who reads those of the new one does, so that no address is anybody's by a slip of the keys. An old one that was never proven is not asked.
 */
export class EmailChanges {
  readonly #deps: EmailChangeDeps

  constructor(deps: EmailChangeDeps) {
    this.#deps = deps
  }

  async ask({ user_id }: Viewer, typed: string): Promise<EmailChange> {
    const { db, clock, outbox, addresses } = this.#deps
    const email = parseEmail(typed)
    if (await store.readEmail(db.query, addresses.index(email))) throw new TintypeError('email_taken')
    const change_id = newId(clock)
    const now = clock.now()
    const row = await db.tx(async (tx) => {
      const account = await store.lockAccount(tx, user_id)
      if (!account) throw new TintypeError('unauthorized')
      const wanted: changes.EmailChangeRow = {
        user_id,
        change_id,
        email: addresses.sealWanted(user_id, email),
        old_confirmed_at: account.email && account.email_verified_at ? null : new Date(now),
        new_confirmed_at: null,
        expires_at: new Date(now + LIFE_MS),
      }
      await changes.writeChange(tx, wanted)
      await outbox.append(tx, [{ type: 'user.email_change_asked', payload: { user_id, change_id } }])
      return wanted
    })
    return this.#shown(row)
  }

  async cancel({ user_id }: Viewer): Promise<void> {
    await changes.deleteChange(this.#deps.db.query, user_id)
  }

  /** A link of either side; which one it is of, its signature says. */
  async confirm(token: string): Promise<EmailChange> {
    const { db, clock } = this.#deps
    const { side, user_id, change_id } = this.#sideOf(token)
    return db.tx(async (tx) => {
      const account = await store.lockAccount(tx, user_id)
      const row = await changes.confirmSide(tx, { user_id, change_id }, side, new Date(clock.now()))
      if (!account || !row) throw new TintypeError('link_invalid')
      const change = this.#shown(row)
      if (change.waiting_for.length === 0) await this.#take(tx, account, { change_id, email: change.email })
      return change
    })
  }

  async #take(
    tx: Tx,
    account: store.AccountRow,
    { change_id, email }: Pick<changes.EmailChangeRow, 'change_id' | 'email'>,
  ): Promise<void> {
    const { clock, outbox, addresses } = this.#deps
    const { user_id } = account
    const was = addresses.of(account)
    const changed_at = new Date(clock.now())
    if (!(await store.takeEmail(tx, addresses.index(email), user_id))) throw new TintypeError('email_taken')
    await store.dropEmail(tx, addresses.index(was), user_id)
    await store.updateAccount(tx, user_id, {
      email: addresses.seal(user_id, email),
      email_verified_at: changed_at,
    })
    await changes.deleteChange(tx, user_id)
    await endLinks(tx, user_id)
    const former = addresses.sealFormer(user_id, change_id, was)
    await changes.keepFormer(tx, { user_id, change_id, email: former, changed_at })
    await outbox.append(tx, [{ type: 'user.email_changed', payload: { user_id, change_id } }])
  }

  #shown(row: changes.EmailChangeRow): EmailChange {
    return {
      email: this.#deps.addresses.wanted(row),
      waiting_for: [
        ...(row.old_confirmed_at ? [] : (['old'] as const)),
        ...(row.new_confirmed_at ? [] : (['new'] as const)),
      ],
    }
  }

  #sideOf(token: string): { side: changes.Side; user_id: UserId; change_id: string } {
    const { links } = this.#deps
    const read = (side: changes.Side) => {
      const { user_id, link_id } = links.read(token, `email_${side}`)
      return { side, user_id, change_id: link_id }
    }
    try {
      return read('new')
    } catch {
      return read('old')
    }
  }
}
