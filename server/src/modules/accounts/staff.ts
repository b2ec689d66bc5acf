import type { RoleName, SessionId, UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import { lockAccount, updateAccount } from './account-store.ts'
import type { Authentication } from './authentication.ts'
import type { Sessions } from './sessions.ts'
import { findMembers, hasOtherStaff, type StaffQuery, type StaffView, viewMembers } from './staff-store.ts'

export interface StaffDeps {
  db: Db
  authentication: Pick<Authentication, 'tellEnded' | 'tellReread'>
  sessions: Pick<Sessions, 'endIn'>
}

/** What accounts does for those who look after the community: each a part of what they do in one transaction. */
export class Staff {
  readonly #deps: StaffDeps

  constructor(deps: StaffDeps) {
    this.#deps = deps
  }

  /** Locks the account first: one who logs in at this moment is either before it, and ended, or after it, and refused. */
  async endSessionsIn(tx: Tx, userId: UserId): Promise<SessionId[]> {
    await lockAccount(tx, userId)
    return this.#deps.sessions.endIn(tx, userId)
  }

  /** Whether the member can be acted for, locked: not suspended, away or on their way out. */
  async isHere(tx: Tx, userId: UserId): Promise<boolean> {
    const account = await lockAccount(tx, userId)
    return account !== undefined && !account.suspended_at && !account.away_at && !account.leaves_at
  }

  /** Those that there are, suspended ones too. */
  async view(ids: readonly UserId[]): Promise<Map<UserId, StaffView>> {
    const rows = ids.length === 0 ? [] : await viewMembers(this.#deps.db.query, ids)
    return new Map(rows.map((row) => [row.user_id, row]))
  }

  find(query: StaffQuery, limit: number): Promise<StaffView[]> {
    return findMembers(this.#deps.db.query, query, limit)
  }

  /** Whether somebody but these may decide. */
  hasOthers(except: readonly UserId[]): Promise<boolean> {
    return hasOtherStaff(this.#deps.db.query, except)
  }

  tellEnded(ended: readonly SessionId[]): Promise<void> {
    return this.#deps.authentication.tellEnded(ended)
  }

  /** Every process hears of it as soon as it is committed. Answers the role that they had; undefined: they have left. */
  async setRole(tx: Tx, userId: UserId, role: RoleName): Promise<RoleName | undefined> {
    const account = await lockAccount(tx, userId)
    if (!account) return undefined
    await updateAccount(tx, userId, { role })
    this.#deps.db.afterCommit(tx, () => this.#deps.authentication.tellReread())
    return account.role
  }
}
