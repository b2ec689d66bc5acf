import {
  type ActId,
  type Body,
  type LoginMethod,
  type PasskeyProof,
  type Routes,
  type SuspensionDetails,
  secondStep,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { PasskeyUse, SecondFactor, SecondFactors } from '../factors/api.ts'
import type { Comings } from '../members/api.ts'
import type { Sanctions } from '../moderation/api.ts'
import { type AccountRow, lockAccount, readAccount, updateAccount } from './account-store.ts'
import * as store from './challenge-store.ts'
import type { LoginGuard, Place } from './login-guard.ts'
import type { LoginHistory } from './login-history.ts'
import type { Device, IssuedTokens, Sessions } from './sessions.ts'
import type { SignedNames } from './signed-names.ts'

/** `device_token`: for the browser to keep (see LoginGuard). */
export type LoggedIn = IssuedTokens & { user_id: UserId; device_token?: string }

export interface SecondStepDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  sessions: Pick<Sessions, 'begin'>
  guard: Pick<LoginGuard, 'deviceToken' | 'knows' | 'noteNetwork' | 'takeBack'>
  factors: SecondFactors
  passkeys: PasskeyUse
  members: Pick<Comings, 'show'>
  history: Pick<LoginHistory, 'note' | 'noteFailure'>
  challenges: SignedNames<'second_step'>
  tickets: SignedNames<'appeal'>
  /** Called when first needed: that module is built on this one. */
  sanctions(): Sanctions
}

/**
 * A log-in whose password was right: goes on at once, or by a challenge where the account asks for a second step. A challenge is good once,
 * for a short while and a few tries; nothing that was tried is remembered anywhere but as a number.
 */
export class SecondStep {
  readonly #deps: SecondStepDeps

  constructor(deps: SecondStepDeps) {
    this.#deps = deps
  }

  /** By what the log-in goes on; none: the password was enough. */
  asks(userId: UserId): Promise<SecondFactor[]> {
    return this.#deps.factors.secondStep(userId)
  }

  /** The refusal that says how to go on. The password was right, so it counts as no failure. */
  async challenge(
    user_id: UserId,
    { account, is_known, methods }: { account: string; is_known: boolean; methods: SecondFactor[] },
  ): Promise<TintypeError> {
    const { db, clock, guard, challenges } = this.#deps
    const challenge_id = newId(clock)
    const expires_at = new Date(clock.now() + secondStep.seconds * 1000)
    await db.tx(async (tx) => {
      await guard.takeBack(tx, account)
      await store.insertChallenge(tx, { user_id, challenge_id, is_known, expires_at })
    })
    const challenge = challenges.tokenOf({ user_id, id: challenge_id }, 'second_step')
    return new TintypeError('second_factor_required', {
      details: { challenge, methods, expires_in: secondStep.seconds },
    })
  }

  async finish(given: Body<Routes['accounts']['finishLogin']>, device: Device & Place): Promise<LoggedIn> {
    const { db, clock, challenges } = this.#deps
    const named = challenges.read(given.challenge, 'second_step')
    if (!named) throw new TintypeError('challenge_invalid')
    const name = { user_id: named.user_id, challenge_id: named.id }
    const limit = { most: secondStep.tries, now: new Date(clock.now()) }
    if (!(await store.claimTry(db.query, name, limit))) throw new TintypeError('challenge_invalid')
    const method = await this.#take(given, name.user_id, device)
    return db.tx(async (tx) => {
      const account = await lockAccount(tx, name.user_id)
      const challenge = await store.takeChallenge(tx, name)
      if (!account || !challenge) throw new TintypeError('challenge_invalid')
      return this.enter(tx, account, { device, isKnown: challenge.is_known, method })
    })
  }

  /** Uses up what was given; one that was wrong is told to the member, as whoever tried it knows the password. */
  async #take(
    given: Body<Routes['accounts']['finishLogin']>,
    user_id: UserId,
    from: Device & Place,
  ): Promise<LoginMethod> {
    const { factors, passkeys, history } = this.#deps
    const method = 'code' in given ? 'code' : 'passkey' in given ? 'passkey' : 'recovery_code'
    try {
      if ('code' in given) await factors.takeCode(user_id, given.code)
      else if ('passkey' in given) await passkeys.take(given.passkey, user_id)
      else await factors.takeRecoveryCode(user_id, given.recovery_code)
      return method
    } catch (error) {
      if (error instanceof TintypeError && error.status < 429)
        await history.noteFailure({ user_id, tried: 'second step', method, from })
      throw error
    }
  }

  /** Alone: it is something that the member has, and asks for something that they are or know. */
  async enterByPasskey(given: PasskeyProof, device: Device & Place): Promise<LoggedIn> {
    const { db, passkeys, guard } = this.#deps
    const user_id = await passkeys.take(given)
    const known = await readAccount(db.query, user_id)
    if (!known) throw new TintypeError('passkey_invalid')
    const isKnown = await guard.knows(known, device)
    return db.tx(async (tx) => {
      const account = await lockAccount(tx, user_id)
      if (!account) throw new TintypeError('passkey_invalid')
      return this.enter(tx, account, { device, isKnown, method: 'passkey' })
    })
  }

  /**
   * Begins the session of an account that is locked, and whose member has proven that it is them; who was hidden is back by it. One whose
   * time to come back is over is as good as deleted.
   */
  async enter(
    tx: Tx,
    { user_id, password_hash, away_at, suspended_at, leaves_at }: AccountRow,
    { device, isKnown, method }: { device: Device & Place; isKnown: boolean; method: LoginMethod },
  ): Promise<LoggedIn> {
    const { clock, sessions, guard, outbox, members, history } = this.#deps
    if (leaves_at && leaves_at.getTime() <= clock.now()) throw new TintypeError('credentials_wrong')
    if (suspended_at) throw await this.#suspended(user_id)
    if (away_at) {
      await members.show(tx, user_id)
      await updateAccount(tx, user_id, { leaves_at: null })
      await outbox.append(tx, [{ type: 'user.shown', payload: { user_id } }])
    }
    await guard.noteNetwork(tx, user_id, device.network)
    const begun = await sessions.begin(tx, user_id, device)
    await history.note(tx, { user_id, method, session_id: begun.session_id, from: device })
    const payload = { user_id, session_id: begun.session_id }
    if (!isKnown) await outbox.append(tx, [{ type: 'user.device_new', payload }])
    return { ...begun, user_id, device_token: guard.deviceToken({ user_id, password_hash }) }
  }

  /** The refusal that says until when and why, and by what another look can be asked for. */
  async #suspended(user_id: UserId): Promise<TintypeError> {
    const known = await this.#deps.sanctions().suspension(user_id)
    if (!known) return new TintypeError('account_suspended')
    const { act_id, ...told } = known
    const ticket = this.#deps.tickets.tokenOf({ user_id, id: act_id }, 'appeal')
    const details: SuspensionDetails = { ...told, ticket }
    return new TintypeError('account_suspended', { details: { ...details } })
  }

  /** By the ticket of such a refusal. */
  async appeal(ticket: string, text: string): Promise<void> {
    const named = this.#deps.tickets.read(ticket, 'appeal')
    if (!named) throw new TintypeError('link_invalid')
    await this.#deps.sanctions().appeal(named.user_id, named.id as ActId, text)
  }
}
