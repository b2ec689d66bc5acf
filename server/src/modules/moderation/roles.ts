import { holdsRole, type RoleName, TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { StaffAccounts } from '../accounts/api.ts'
import type { Audit } from './audit.ts'

export interface RoleDeps {
  db: Db
  staff: Pick<StaffAccounts, 'setRole' | 'view'>
}

/**
 * Who may give and take which: the owner all but their own; admins that of moderator, of those who are no more than that. There is
 * one owner, who is not made here.
 */
export class Roles {
  readonly #deps: RoleDeps
  readonly #audit: Pick<Audit, 'append'>

  constructor(deps: RoleDeps, audit: Pick<Audit, 'append'>) {
    this.#deps = deps
    this.#audit = audit
  }

  async give(giver: Viewer, memberId: UserId, role: RoleName): Promise<void> {
    const { db, staff } = this.#deps
    await db.tx(async (tx) => {
      const had = await staff.setRole(tx, memberId, role)
      if (had === undefined) throw new TintypeError('not_found')
      // Taken back with the transaction.
      const isBelow = !holdsRole(role, giver.role) && !holdsRole(had, giver.role)
      if (memberId === giver.user_id || !isBelow) throw new TintypeError('forbidden')
      const fact = { actor_id: giver.user_id, action: 'give_role', member_id: memberId }
      if (had !== role) await this.#audit.append(tx, { ...fact, why: role, details: { had } })
    })
  }
}
