import { TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import * as store from './account-store.ts'
import type { Authentication } from './authentication.ts'
import { deleteChange } from './email-change-store.ts'
import { endLinks } from './link-store.ts'
import type { LoginGuard } from './login-guard.ts'
import { assertStrong, type PasswordHasher } from './passwords.ts'
import type { Sessions } from './sessions.ts'

export interface AccountDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  passwords: PasswordHasher
  authentication: Authentication
  sessions: Pick<Sessions, 'endIn'>
  guard: Pick<LoginGuard, 'forget' | 'forgetPlaces'>
  members: Pick<Comings, 'leave' | 'own'>
  community: Pick<CommunityGate, 'bequeath'>
}

/** What members do with the account itself. */
export class Account {
  readonly #deps: AccountDeps

  constructor(deps: AccountDeps) {
    this.#deps = deps
  }

  /** Ends every session but the one that asks. */
  async changePassword(viewer: Viewer, current: string, wanted: string): Promise<void> {
    const { db, passwords, authentication, sessions, guard, members } = this.#deps
    const account = await this.#verified(viewer.user_id, current)
    const { user_id, email } = account
    const { username = '', full_name = '' } = (await members.own(user_id)) ?? {}
    await assertStrong(wanted, [username, email, ...email.split('@'), full_name])
    const password_hash = await passwords.hash(wanted)
    const ended = await db.tx(async (tx) => {
      await this.#lockUnchanged(tx, account)
      await store.updateAccount(tx, user_id, { password_hash })
      await guard.forgetPlaces(tx, user_id)
      await this.#deps.outbox.append(tx, [{ type: 'user.password_changed', payload: { user_id } }])
      return sessions.endIn(tx, user_id, { except: viewer.session_id })
    })
    await authentication.tellEnded(ended)
  }

  /**
   * Hides the member at once and for good: names, address and sessions go with this transaction; posts, follows and all else
   * follow by `user.deleted`. An owner's rights pass to the longest-standing member.
   */
  async delete(userId: UserId, password: string): Promise<void> {
    const { db, authentication, sessions, guard, members } = this.#deps
    const known = await this.#verified(userId, password)
    const { role, ended } = await db.tx(async (tx) => {
      const account = await this.#lockUnchanged(tx, known)
      await members.leave(tx, userId)
      await store.eraseAccount(tx, account)
      await deleteChange(tx, userId)
      await endLinks(tx, userId)
      await guard.forget(tx, userId)
      if (account.role === 'owner') await this.#bequeath(tx, userId)
      await this.#deps.outbox.append(tx, [{ type: 'user.deleted', payload: { user_id: userId } }])
      return { role: account.role, ended: await sessions.endIn(tx, userId) }
    })
    await authentication.tellEnded(ended)
    if (role === 'owner') await authentication.tellReread()
  }

  async #bequeath(tx: Tx, ownerId: UserId): Promise<void> {
    const heir = await this.#deps.community.bequeath(tx, () => store.longestAccount(tx, ownerId))
    if (heir) await store.updateAccount(tx, heir, { role: 'owner' })
  }

  async #verified(userId: UserId, password: string): Promise<store.AccountRow> {
    const account = await store.readAccount(this.#deps.db.query, userId)
    if (!account) throw new TintypeError('unauthorized')
    if (!(await this.#deps.passwords.verify(account.password_hash, password)))
      throw new TintypeError('password_wrong')
    return account
  }

  /** Locks an account whose password has been checked; throws `conflict` where it was changed meanwhile. */
  async #lockUnchanged(tx: Tx, known: store.AccountRow): Promise<store.AccountRow> {
    const account = await store.lockAccount(tx, known.user_id)
    if (!account) throw new TintypeError('unauthorized')
    if (account.password_hash !== known.password_hash) throw new TintypeError('conflict')
    return account
  }
}
