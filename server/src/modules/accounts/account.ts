import { TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import * as store from './account-store.ts'
import type { Authentication } from './authentication.ts'
import { endChallenges } from './challenge-store.ts'
import { deleteChange } from './email-change-store.ts'
import { endLinks } from './link-store.ts'
import type { LoginGuard } from './login-guard.ts'
import { assertStrong, type PasswordHasher } from './passwords.ts'
import { readSession } from './session-store.ts'
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
  async changePassword(viewer: Viewer, wanted: string): Promise<void> {
    const { db, passwords, authentication, sessions, guard, members } = this.#deps
    const { user_id } = viewer
    const { email = '' } = (await store.readAccount(db.query, user_id)) ?? {}
    const { username = '', full_name = '' } = (await members.own(user_id)) ?? {}
    await assertStrong(wanted, [username, email, ...email.split('@'), full_name])
    const password_hash = await passwords.hash(wanted)
    const ended = await db.tx(async (tx) => {
      await this.#lock(tx, viewer)
      await store.updateAccount(tx, user_id, { password_hash })
      await endChallenges(tx, user_id)
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
  async delete(viewer: Viewer): Promise<void> {
    const { db, authentication, sessions, guard, members } = this.#deps
    const userId = viewer.user_id
    const { role, ended } = await db.tx(async (tx) => {
      const account = await this.#lock(tx, viewer)
      await members.leave(tx, userId)
      await store.eraseAccount(tx, account)
      await deleteChange(tx, userId)
      await endLinks(tx, userId)
      await endChallenges(tx, userId)
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

  /** Locks the account of a session that is alive: one that was ended meanwhile, with a new password say, changes nothing more. */
  async #lock(tx: Tx, viewer: Viewer): Promise<store.AccountRow> {
    const account = await store.lockAccount(tx, viewer.user_id)
    if (!account || !(await readSession(tx, viewer))) throw new TintypeError('unauthorized')
    return account
  }
}
