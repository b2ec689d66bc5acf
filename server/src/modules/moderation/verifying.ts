import { TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Verifying as Members } from '../members/api.ts'
import type { Audit } from './audit.ts'

export interface VerifyingDeps {
  db: Db
  members: Members
}

/** The badge that says that a member is who they say they are. Admins give it and take it, but not to themselves; the owner may. */
export class Verifying {
  readonly #deps: VerifyingDeps
  readonly #audit: Pick<Audit, 'append'>

  constructor(deps: VerifyingDeps, audit: Pick<Audit, 'append'>) {
    this.#deps = deps
    this.#audit = audit
  }

  async verify(giver: Viewer, memberId: UserId, verified: boolean): Promise<void> {
    const { db, members } = this.#deps
    if (memberId === giver.user_id && giver.role !== 'owner') throw new TintypeError('forbidden')
    await db.tx(async (tx) => {
      const had = await members.verify(tx, memberId, verified)
      if (had === undefined) throw new TintypeError('not_found')
      if (had === verified) return
      const action = verified ? 'verify' : 'unverify'
      await this.#audit.append(tx, { actor_id: giver.user_id, action, member_id: memberId, why: 'badge' })
    })
  }
}
