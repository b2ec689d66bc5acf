import { TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import type { Bans, CommunityWords } from '../moderation/api.ts'
import type { Comer, Gatekeeping } from '../security/api.ts'
import * as store from './account-store.ts'
import type { Addresses } from './addresses.ts'
import { loginName, parseEmail } from './email.ts'
import type { Links } from './links.ts'
import { type LoginGuard, NOBODY, type Place } from './login-guard.ts'
import type { LoginHistory } from './login-history.ts'
import { assertStrong, NOBODYS_HASH, type PasswordHasher } from './passwords.ts'
import type { LoggedIn, SecondStep } from './second-step.ts'
import type { Device, Sessions } from './sessions.ts'

export interface RegistrationDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  passwords: PasswordHasher
  sessions: Sessions
  guard: LoginGuard
  secondStep: Pick<SecondStep, 'asks' | 'challenge' | 'enter'>
  links: Pick<Links, 'ask'>
  addresses: Pick<Addresses, 'index' | 'seal'>
  history: Pick<LoginHistory, 'note' | 'noteFailure'>
  members: Pick<Comings, 'assertUnlikeStaff' | 'idOf' | 'join' | 'parseUsername'>
  community: Pick<CommunityGate, 'admit' | 'assertOpen'>
  bans: Bans
  challenges: Gatekeeping
  words: Pick<CommunityWords, 'assertFreeName'>
}

export interface NewAccount {
  username: string
  email: string
  password: string
  full_name?: string
  invitation?: string
}

/** Where somebody comes from. */
export type Arrival = Device & Place & Comer

/** How people come in: by making an account, or with the one they have. */
export class Registration {
  readonly #deps: RegistrationDeps

  constructor(deps: RegistrationDeps) {
    this.#deps = deps
  }

  /** Makes the account and its first session, or nothing. Names and addresses are decided by their tables' keys. */
  async register(account: NewAccount, device: Arrival): Promise<LoggedIn> {
    const { db, clock, passwords, members, community, guard, links, bans, words, addresses } = this.#deps
    await this.#deps.challenges.admit('register', device)
    // Whether it is the owner is known when they are admitted.
    const username = members.parseUsername(account.username, 'owner')
    const email = parseEmail(account.email)
    const { full_name = '' } = account
    await community.assertOpen(account.invitation)
    await Promise.all([words.assertFreeName(username), members.assertUnlikeStaff(username)])
    await bans.assertMayRegister({ email, ip: device.ip })
    await assertStrong(account.password, [
      username,
      email,
      ...email.split('@'),
      full_name,
      ...full_name.split(' '),
    ])
    const password_hash = await passwords.hash(account.password)
    return db.tx(async (tx) => {
      const user_id = newId<UserId>(clock)
      const created_at = new Date(clock.now())
      const role = await community.admit(tx, user_id, account.invitation)
      members.parseUsername(account.username, role)
      await members.join(tx, { user_id, username })
      if (!(await store.takeEmail(tx, addresses.index(email), user_id))) throw new TintypeError('email_taken')
      const sealed = addresses.seal(user_id, email)
      await store.insertAccount(tx, {
        user_id,
        username,
        email: sealed,
        password_hash,
        full_name,
        role,
        created_at,
      })
      await links.ask(tx, { user_id, purpose: 'verify', email, asked: guard.accountOf(email) })
      await this.#deps.outbox.append(tx, [{ type: 'user.registered', payload: { user_id } }])
      await guard.noteNetwork(tx, user_id, device.network)
      const device_token = guard.deviceToken({ user_id, password_hash })
      const begun = await this.#deps.sessions.begin(tx, user_id, device)
      const { session_id } = begun
      await this.#deps.history.note(tx, { user_id, method: 'registration', session_id, from: device })
      return { ...begun, user_id, device_token }
    })
  }

  /**
   * One message and one amount of work for a wrong name and a wrong password: a password is always hashed, the same tables are
   * always read, and failures are counted alike. Rejects with `second_factor_required` where the account asks for more.
   */
  async logIn(login: string, password: string, device: Arrival): Promise<LoggedIn> {
    const { db, passwords, guard, secondStep, history } = this.#deps
    const name = loginName(login)
    const user_id = await this.#accountOf(name)
    const user = await store.readAccount(db.query, user_id ?? NOBODY)
    const account = guard.accountOf(name)
    // Who comes from where the account knows them has nothing to do with the attack.
    if (this.#deps.challenges.asks('login', device) && !(await guard.recognises(user, device)))
      await this.#deps.challenges.admit('login', device)
    const isKnown = await guard.admit(user, account, device)
    const isRight = await passwords.verify(user?.password_hash ?? NOBODYS_HASH, password)
    if (!user || !isRight) {
      const failed = { user_id: user?.user_id ?? NOBODY, tried: account, method: 'password' as const }
      await history.noteFailure({ ...failed, from: device })
      throw new TintypeError('credentials_wrong')
    }
    const methods = await secondStep.asks(user.user_id)
    if (methods.length > 0)
      throw await secondStep.challenge(user.user_id, { account, is_known: isKnown, methods })
    return db.tx(async (tx) => {
      // Changed or deleted while the password was being checked?
      const current = await store.lockAccount(tx, user.user_id)
      if (current?.password_hash !== user.password_hash) throw new TintypeError('credentials_wrong')
      await guard.takeBack(tx, account)
      return secondStep.enter(tx, current, { device, isKnown, method: 'password' })
    })
  }

  async #accountOf(name: string): Promise<UserId | undefined> {
    const { db, members, addresses } = this.#deps
    return name.includes('@') ? store.readEmail(db.query, addresses.index(name)) : members.idOf(name)
  }
}
