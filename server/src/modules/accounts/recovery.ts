import { TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Comings } from '../members/api.ts'
import * as store from './account-store.ts'
import type { Addresses } from './addresses.ts'
import type { Authentication } from './authentication.ts'
import { endChallenges } from './challenge-store.ts'
import { loginName } from './email.ts'
import { endLinks, readLink } from './link-store.ts'
import type { Links } from './links.ts'
import { type LoginGuard, NOBODY, type Place } from './login-guard.ts'
import type { LoginHistory } from './login-history.ts'
import { assertStrong, type PasswordHasher } from './passwords.ts'
import type { Device, Sessions } from './sessions.ts'

export interface RecoveryDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  links: Links
  addresses: Pick<Addresses, 'index' | 'mailedTo' | 'of'>
  passwords: PasswordHasher
  authentication: Pick<Authentication, 'tellEnded'>
  sessions: Pick<Sessions, 'endIn'>
  guard: Pick<LoginGuard, 'accountOf' | 'forgetPlaces' | 'noteNetwork'>
  history: Pick<LoginHistory, 'note'>
  members: Pick<Comings, 'idOf' | 'own'>
}

/** What members do by mail: proving that an address is theirs, and a new password for one they forgot. */
export class Recovery {
  readonly #deps: RecoveryDeps

  constructor(deps: RecoveryDeps) {
    this.#deps = deps
  }

  /**
   * The same reads, the same writes and the same fact, whether or not somebody goes by the name: a link that is nobody's is made like
   * any other, and mailed to no one.
   */
  async forgotPassword(login: string): Promise<void> {
    const { db, links, guard, members, addresses } = this.#deps
    const name = loginName(login)
    const found = name.includes('@')
      ? await store.readEmail(db.query, addresses.index(name))
      : await members.idOf(name)
    const account = await store.readAccount(db.query, found ?? NOBODY)
    const asked = guard.accountOf(name)
    const user_id = account?.user_id ?? NOBODY
    const email = account ? addresses.of(account) : ''
    await db.tx((tx) => links.ask(tx, { user_id, purpose: 'reset', email, asked }))
  }

  /**
   * Whoever has the link reads the member's mails, which proves the address as well. All sessions end: somebody else may have known the
   * old password.
   */
  async resetPassword(token: string, wanted: string, place: Device & Place): Promise<void> {
    const { db, clock, links, passwords, authentication, sessions, guard, members } = this.#deps
    const name = links.read(token, 'reset')
    const email = await links.look(db.query, name)
    const { username = '', full_name = '' } = (await members.own(name.user_id)) ?? {}
    await assertStrong(wanted, [username, email, ...email.split('@'), full_name])
    const password_hash = await passwords.hash(wanted)
    const ended = await db.tx(async (tx) => {
      const account = await this.#accountOf(tx, name.user_id, email)
      await links.use(tx, name)
      const email_verified_at = account.email_verified_at ?? new Date(clock.now())
      await store.updateAccount(tx, name.user_id, { password_hash, email_verified_at })
      await endLinks(tx, name.user_id, 'reset')
      await endChallenges(tx, name.user_id)
      await guard.forgetPlaces(tx, name.user_id)
      await guard.noteNetwork(tx, name.user_id, place.network)
      const by = { user_id: name.user_id, method: 'reset' as const, session_id: null }
      await this.#deps.history.note(tx, { ...by, from: place })
      await this.#deps.outbox.append(tx, [
        { type: 'user.password_changed', payload: { user_id: name.user_id } },
      ])
      return sessions.endIn(tx, name.user_id)
    })
    await authentication.tellEnded(ended)
  }

  async askVerification({ user_id }: Pick<Viewer, 'user_id'>): Promise<void> {
    const { db, links, guard, addresses } = this.#deps
    const account = await store.readAccount(db.query, user_id)
    if (!account?.email || account.email_verified_at) return
    const email = addresses.of(account)
    await db.tx((tx) => links.ask(tx, { user_id, purpose: 'verify', email, asked: guard.accountOf(email) }))
  }

  /** Twice is once: the second of two clicks finds the address proven. */
  async verifyEmail(token: string): Promise<void> {
    const { db, clock, links, addresses } = this.#deps
    const name = links.read(token, 'verify')
    const used = await readLink(db.query, name)
    const known = await store.readAccount(db.query, name.user_id)
    const isProven = used?.used_at && known?.email_verified_at
    if (isProven && addresses.of(known) === addresses.mailedTo(used)) return
    await db.tx(async (tx) => {
      const email = await links.use(tx, name)
      await this.#accountOf(tx, name.user_id, email)
      await store.updateAccount(tx, name.user_id, { email_verified_at: new Date(clock.now()) })
    })
  }

  /** Locks the account; throws `link_invalid` where it is gone, or has another address than the link was mailed to. */
  async #accountOf(tx: Tx, userId: UserId, email: string): Promise<store.AccountRow> {
    const account = await store.lockAccount(tx, userId)
    if (!account || this.#deps.addresses.of(account) !== email) throw new TintypeError('link_invalid')
    return account
  }
}
