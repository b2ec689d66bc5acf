import { randomBytes } from 'node:crypto'
import { type LoginMethod, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { CommunityGate, Vouching } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import type { Bans, CommunityWords } from '../moderation/api.ts'
import type { Comer, Gatekeeping } from '../security/api.ts'
import * as store from './account-store.ts'
import type { Addresses } from './addresses.ts'
import { loginName, parseEmail } from './email.ts'
import type { Links } from './links.ts'
import { type LoginGuard, NOBODY, type Place } from './login-guard.ts'
import type { LoginHistory } from './login-history.ts'
import { assertStrong, NO_PASSWORD, NOBODYS_HASH, type PasswordHasher } from './passwords.ts'
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
  community: Pick<CommunityGate, 'admit' | 'assertOpen' | 'isOpenIdOnly'>
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

/** Of somebody for whom another place vouches. */
export interface VouchedAccount extends Omit<NewAccount, 'password'>, Vouching {
  /** Whether the address was proven there. */
  email_verified: boolean
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
    const { passwords } = this.#deps
    const { username, email } = await this.#admit(account, device)
    const { full_name = '' } = account
    await assertStrong(account.password, [
      username,
      email,
      ...email.split('@'),
      full_name,
      ...full_name.split(' '),
    ])
    const password_hash = await passwords.hash(account.password)
    return this.#deps.db.tx((tx) =>
      this.#make(tx, { ...account, email, password_hash }, { device, method: 'registration' }),
    )
  }

  /** The same for who proved elsewhere who they are: without a password. `keep` notes in the same transaction whose account it is. */
  async registerVouched(
    account: VouchedAccount,
    device: Arrival,
    keep: (tx: Tx, userId: UserId) => Promise<void>,
  ): Promise<LoggedIn> {
    const { email } = await this.#admit(account, device)
    const password_hash = `${NO_PASSWORD}${randomBytes(18).toString('base64url')}`
    return this.#deps.db.tx(async (tx) => {
      const made = await this.#make(tx, { ...account, email, password_hash }, { device, method: 'openid' })
      await keep(tx, made.user_id)
      return made
    })
  }

  /** Whether they may come in, before anything is made of it. */
  async #admit(
    account: Omit<NewAccount, 'password'> & Partial<VouchedAccount>,
    device: Arrival,
  ): Promise<{ username: string; email: string }> {
    const { members, community, bans, words, challenges } = this.#deps
    await challenges.admit('register', device)
    // Whether it is the owner is known when they are admitted.
    const username = members.parseUsername(account.username, 'owner')
    const email = parseEmail(account.email)
    await community.assertOpen(account.invitation, vouchingOf(account))
    await Promise.all([words.assertFreeName(username), members.assertUnlikeStaff(username)])
    await bans.assertMayRegister({ email, ip: device.ip })
    return { username, email }
  }

  async #make(
    tx: Tx,
    account: Omit<NewAccount, 'password'> & Partial<VouchedAccount> & { password_hash: string },
    { device, method }: { device: Arrival; method: LoginMethod },
  ): Promise<LoggedIn> {
    const { clock, members, community, guard, links, sessions, outbox, history, addresses } = this.#deps
    const { email, password_hash, full_name = '' } = account
    const user_id = newId<UserId>(clock)
    const created_at = new Date(clock.now())
    const role = await community.admit(tx, user_id, account.invitation, vouchingOf(account))
    const username = members.parseUsername(account.username, role)
    await members.join(tx, { user_id, username })
    if (!(await store.takeEmail(tx, addresses.index(email), user_id))) throw new TintypeError('email_taken')
    const row = { user_id, username, password_hash, full_name, role, created_at }
    await store.insertAccount(tx, { ...row, email: addresses.seal(user_id, email) })
    if (account.email_verified) await store.updateAccount(tx, user_id, { email_verified_at: created_at })
    else await links.ask(tx, { user_id, purpose: 'verify', email, asked: guard.accountOf(email) })
    await outbox.append(tx, [{ type: 'user.registered', payload: { user_id } }])
    await guard.noteNetwork(tx, user_id, device.network)
    const device_token = guard.deviceToken({ user_id, password_hash })
    const begun = await sessions.begin(tx, user_id, device)
    const { session_id } = begun
    await history.note(tx, { user_id, method, session_id, from: device })
    return { ...begun, user_id, device_token }
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
    if (user.role !== 'owner' && this.#deps.community.isOpenIdOnly) throw new TintypeError('openid_only')
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

const vouchingOf = ({ sign_up }: Partial<Vouching>): Vouching | undefined => sign_up && { sign_up }
