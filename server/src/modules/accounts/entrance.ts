import { type LoginMethod, TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { lockAccount, readAccount } from './account-store.ts'
import type { LoginGuard } from './login-guard.ts'
import { NO_PASSWORD } from './passwords.ts'
import type { Arrival, Registration } from './registration.ts'
import type { LoggedIn, SecondStep } from './second-step.ts'
import { noteProof } from './session-store.ts'

export interface EntranceDeps {
  db: Db
  clock: Clock
  guard: Pick<LoginGuard, 'accountOf' | 'knows'>
  secondStep: Pick<SecondStep, 'asks' | 'challenge' | 'enter'>
  registration: Pick<Registration, 'registerVouched'>
}

/** How who proved elsewhere who they are comes in: by all that any other log-in goes through, but for the password. */
export class Entrance {
  readonly #deps: EntranceDeps
  readonly register: Registration['registerVouched']

  constructor(deps: EntranceDeps) {
    this.#deps = deps
    this.register = (...account) => deps.registration.registerVouched(...account)
  }

  /** Rejects with `second_factor_required` where the account asks for more. */
  async enter(user_id: UserId, method: LoginMethod, device: Arrival): Promise<LoggedIn> {
    const { db, guard, secondStep } = this.#deps
    const known = await readAccount(db.query, user_id)
    if (!known) throw new TintypeError('credentials_wrong')
    const isKnown = await guard.knows(known, device)
    const methods = await secondStep.asks(user_id)
    if (methods.length > 0) {
      const account = guard.accountOf(user_id)
      throw await secondStep.challenge(user_id, { account, is_known: isKnown, methods })
    }
    return db.tx(async (tx) => {
      const account = await lockAccount(tx, user_id)
      if (!account) throw new TintypeError('credentials_wrong')
      return secondStep.enter(tx, account, { device, isKnown, method })
    })
  }

  /** As if they had typed their password. */
  noteProof(viewer: Viewer): Promise<void> {
    const { db, clock } = this.#deps
    return noteProof(db.query, viewer, new Date(clock.now()))
  }

  async hasPassword(userId: UserId): Promise<boolean> {
    const account = await readAccount(this.#deps.db.query, userId)
    return account !== undefined && !account.password_hash.startsWith(NO_PASSWORD)
  }
}
