import { TintypeError, type UserId } from '@tintype/contract'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Addresses } from './addresses.ts'
import * as store from './link-store.ts'
import { type SignedNames, signedNames } from './signed-names.ts'

/** What a link is good for; one that was made for one purpose opens nothing else. */
export type Purpose = store.LinkRow['purpose'] | 'email_old' | 'email_new'

export interface LinkDeps {
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  secret: string
  addresses: Pick<Addresses, 'mailedTo' | 'sealMailedTo'>
}

const HOUR_MS = 3_600_000
const LIFE_MS = { verify: 72 * HOUR_MS, reset: HOUR_MS } as const
/** Links for one name within an hour; more are answered alike, and not sent. */
const AN_HOUR = 3

/**
 * Links that prove that who uses them reads the mails of an address. Only a POST uses a link up: programs that look at links before people do change nothing.
 */
export class Links {
  readonly #deps: LinkDeps
  readonly #names: SignedNames<Purpose>

  constructor(deps: LinkDeps) {
    this.#deps = deps
    this.#names = signedNames(deps.secret, 'tintype mailed link')
  }

  /** Makes a link that is mailed once the transaction has committed; none where this name has had enough of them. */
  async ask(
    tx: Tx,
    link: { user_id: UserId; purpose: store.LinkRow['purpose']; email: string; asked: string },
  ): Promise<void> {
    const { clock, outbox, addresses } = this.#deps
    const now = clock.now()
    if ((await store.countAsked(tx, link, new Date(now - HOUR_MS))) >= AN_HOUR) return
    const link_id = newId(clock)
    const created_at = new Date(now)
    const expires_at = new Date(now + LIFE_MS[link.purpose])
    const { user_id, purpose } = link
    const email = addresses.sealMailedTo(user_id, link_id, link.email)
    await store.insertLink(tx, { ...link, email, link_id, created_at, expires_at })
    await outbox.append(tx, [{ type: 'user.link_asked', payload: { user_id, link_id, purpose } }])
  }

  tokenOf({ user_id, link_id }: store.LinkName, purpose: Purpose): string {
    return this.#names.tokenOf({ user_id, id: link_id }, purpose)
  }

  /** What a token names; throws `link_invalid` for what was not made here for this purpose. */
  read(token: string, purpose: Purpose): store.LinkName {
    const named = this.#names.read(token, purpose)
    if (!named) throw invalid()
    return { user_id: named.user_id, link_id: named.id }
  }

  /** The address that a link was mailed to which is still good; throws `link_invalid`. Uses nothing up. */
  async look(db: Sql, name: store.LinkName): Promise<string> {
    const row = await store.readLink(db, name)
    if (!row || row.used_at || row.expires_at.getTime() <= this.#deps.clock.now()) throw invalid()
    return this.#deps.addresses.mailedTo(row)
  }

  /** The same, used up by it. */
  async use(tx: Tx, name: store.LinkName): Promise<string> {
    const row = await store.useLink(tx, name, new Date(this.#deps.clock.now()))
    if (!row) throw invalid()
    return this.#deps.addresses.mailedTo(row)
  }

  async purge(db: Sql): Promise<void> {
    await store.deleteOldLinks(db, new Date(this.#deps.clock.now() - 24 * HOUR_MS))
  }
}

const invalid = () => new TintypeError('link_invalid')
