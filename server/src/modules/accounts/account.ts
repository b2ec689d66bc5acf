import { TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import * as store from './account-store.ts'
import type { Addresses } from './addresses.ts'
import type { Authentication } from './authentication.ts'
import { endChallenges } from './challenge-store.ts'
import { forgetChanges } from './email-change-store.ts'
import { endLinks } from './link-store.ts'
import type { LoginGuard } from './login-guard.ts'
import type { LoginHistory } from './login-history.ts'
import { assertStrong, type PasswordHasher } from './passwords.ts'
import { readSession } from './session-store.ts'
import type { Sessions } from './sessions.ts'

const DAY_MS = 86_400_000

export interface AccountDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  passwords: PasswordHasher
  addresses: Pick<Addresses, 'index' | 'of'>
  authentication: Authentication
  sessions: Pick<Sessions, 'endIn'>
  guard: Pick<LoginGuard, 'forget' | 'forgetPlaces'>
  history: Pick<LoginHistory, 'forget'>
  members: Pick<Comings, 'hide' | 'leave' | 'own'>
  community: Pick<CommunityGate, 'bequeath' | 'instance'>
}

/** What members do with the account itself. */
export class Account {
  readonly #deps: AccountDeps

  constructor(deps: AccountDeps) {
    this.#deps = deps
  }

  /** Ends every session but the one that asks. */
  async changePassword(viewer: Viewer, wanted: string): Promise<void> {
    const { db, passwords, authentication, sessions, guard, members, addresses } = this.#deps
    const { user_id } = viewer
    const account = await store.readAccount(db.query, user_id)
    const email = account ? addresses.of(account) : ''
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

  /** As if they did not exist, until they log in again. */
  async deactivate(viewer: Viewer): Promise<void> {
    await this.#hide(viewer)
  }

  /** Answers when all is gone: now, or after the time that the community leaves to change one's mind. */
  async delete(viewer: Viewer): Promise<Date> {
    const { clock, community } = this.#deps
    const { deletion_days } = await community.instance()
    const gone_at = new Date(clock.now() + deletion_days * DAY_MS)
    if (deletion_days > 0) await this.#hide(viewer, gone_at)
    else await this.#eraseOnce(viewer.user_id, (tx) => this.#lock(tx, viewer))
    return gone_at
  }

  /** Deletes those whose time to change their mind is over. */
  async deleteDue(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const some = 100
    for (;;) {
      const due = await store.dueToLeave(db.query, new Date(clock.now()), some)
      for (const userId of due) {
        if (signal.aborted) return
        // One who has logged in meanwhile stays.
        await this.#eraseOnce(userId, async (tx) => {
          const account = await store.lockAccount(tx, userId)
          return account?.leaves_at && account.leaves_at.getTime() <= clock.now() ? account : undefined
        })
      }
      if (due.length < some) return
    }
  }

  async #hide(viewer: Viewer, gone_at?: Date): Promise<void> {
    const { db, outbox, authentication, sessions, members } = this.#deps
    const { user_id } = viewer
    const ended = await db.tx(async (tx) => {
      await this.#lock(tx, viewer)
      await members.hide(tx, user_id)
      await endChallenges(tx, user_id)
      if (gone_at) await store.updateAccount(tx, user_id, { leaves_at: gone_at })
      const payload = { user_id, ...(gone_at ? { gone_at: gone_at.getTime() } : {}) }
      await outbox.append(tx, [{ type: 'user.hidden', payload }])
      return sessions.endIn(tx, user_id)
    })
    await authentication.tellEnded(ended)
  }

  /**
   * Hides the member at once and for good: names, address and sessions go with this transaction; posts, follows and all else
   * follow by `user.deleted`. An owner's rights pass to the longest-standing member. Nothing happens where `lock` answers nobody.
   */
  async #eraseOnce(userId: UserId, lock: (tx: Tx) => Promise<store.AccountRow | undefined>): Promise<void> {
    const { db, authentication, sessions, guard, history, members, addresses } = this.#deps
    const gone = await db.tx(async (tx) => {
      const account = await lock(tx)
      if (!account) return undefined
      await members.leave(tx, userId)
      await store.eraseAccount(tx, userId, addresses.index(addresses.of(account)))
      await forgetChanges(tx, userId)
      await endLinks(tx, userId)
      await endChallenges(tx, userId)
      await guard.forget(tx, userId)
      await history.forget(tx, userId)
      if (account.role === 'owner') await this.#bequeath(tx, userId)
      await this.#deps.outbox.append(tx, [{ type: 'user.deleted', payload: { user_id: userId } }])
      return { role: account.role, ended: await sessions.endIn(tx, userId) }
    })
    await authentication.tellEnded(gone?.ended ?? [])
    if (gone?.role === 'owner') await authentication.tellReread()
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
