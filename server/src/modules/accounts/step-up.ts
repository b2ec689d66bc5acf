import { type Body, PROOF_SECONDS, type Routes, TintypeError } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import type { PasskeyUse, SecondFactors } from '../factors/api.ts'
import { readAccount } from './account-store.ts'
import type { PasswordHasher } from './passwords.ts'
import { noteProof, readProof } from './session-store.ts'

export interface StepUpDeps {
  db: Db
  clock: Clock
  passwords: Pick<PasswordHasher, 'verify'>
  factors: Pick<SecondFactors, 'takeCode'>
  passkeys: PasskeyUse
}

/**
 * What is dangerous asks whether it is still the member who sits there. Which routes do, the contract says (`stepUp`); the gateway asks
 * `provenLately` before their handlers run. A proof is a session's own, and beginning a session is one.
 */
export class StepUp {
  readonly #deps: StepUpDeps

  constructor(deps: StepUpDeps) {
    this.#deps = deps
  }

  provenLately = async (viewer: Viewer): Promise<boolean> => {
    const { db, clock } = this.#deps
    const proven = await readProof(db.query, viewer)
    return proven !== undefined && proven.getTime() > clock.now() - PROOF_SECONDS * 1000
  }

  async prove(viewer: Viewer, proof: Body<Routes['accounts']['prove']>): Promise<void> {
    const { db, clock, passwords, factors, passkeys } = this.#deps
    const account = await readAccount(db.query, viewer.user_id)
    if (!account) throw new TintypeError('unauthorized')
    if ('code' in proof) await factors.takeCode(viewer.user_id, proof.code)
    else if ('passkey' in proof) await passkeys.take(proof.passkey, viewer.user_id)
    else if (!(await passwords.verify(account.password_hash, proof.password)))
      throw new TintypeError('password_wrong')
    await noteProof(db.query, viewer, new Date(clock.now()))
  }
}
