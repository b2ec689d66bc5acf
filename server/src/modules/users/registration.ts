import { TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { nameTerms } from '../../text/names.ts'
import type { UserDirectory } from './directory.ts'
import * as instance from './instance-store.ts'
import { type LoginGuard, NOBODY, type Place } from './login-guard.ts'
import { assertStrong, NOBODYS_HASH, type PasswordHasher } from './passwords.ts'
import { foldEmail, foldUsername, parseEmail, parseUsername } from './policy.ts'
import { replaceTerms } from './search-store.ts'
import type { Device, IssuedTokens, Sessions } from './sessions.ts'
import * as store from './store.ts'

export interface RegistrationDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  passwords: PasswordHasher
  sessions: Sessions
  directory: Pick<UserDirectory, 'named'>
  guard: LoginGuard
}

export interface NewAccount {
  username: string
  email: string
  password: string
  full_name?: string
  invitation?: string
}

/** `device_token`: for the browser to keep (see LoginGuard). */
export type LoggedIn = IssuedTokens & { user_id: UserId; device_token?: string }

/** How people come in: by making an account, or with the one they have. */
export class Registration {
  readonly #deps: RegistrationDeps

  constructor(deps: RegistrationDeps) {
    this.#deps = deps
  }

  /** Makes the account and its first session, or nothing. Names and addresses are decided by their tables' keys. */
  async register(account: NewAccount, device: Device & Place): Promise<LoggedIn> {
    const { db, clock, passwords, directory, guard } = this.#deps
    const username = parseUsername(account.username)
    const email = parseEmail(account.email)
    const { full_name = '' } = account
    await this.#assertOpen(account)
    await assertStrong(account.password, [
      username,
      email,
      ...email.split('@'),
      full_name,
      ...full_name.split(' '),
    ])
    const password_hash = await passwords.hash(account.password)
    const begun = await db.tx(async (tx) => {
      const user_id = newId<UserId>(clock)
      const now = new Date(clock.now())
      const isOwner = await instance.claimOwnership(tx, user_id)
      if (!isOwner) await this.#admit(tx, account, user_id)
      if (!(await store.takeUsername(tx, username, user_id, now))) throw new TintypeError('username_taken')
      if (!(await store.takeEmail(tx, email, user_id))) throw new TintypeError('email_taken')
      const role = isOwner ? 'owner' : 'member'
      await store.insertUser(tx, {
        user_id,
        username,
        email,
        password_hash,
        full_name,
        role,
        created_at: now,
      })
      await replaceTerms(tx, user_id, username, nameTerms(username, full_name))
      await this.#deps.outbox.append(tx, [{ type: 'user.registered', payload: { user_id } }])
      await guard.noteNetwork(tx, user_id, device.network)
      const device_token = guard.deviceToken({ user_id, password_hash })
      return { ...(await this.#deps.sessions.begin(tx, user_id, device)), user_id, device_token }
    })
    await directory.named(username)
    return begun
  }

  /**
   * One message and one amount of work for a wrong name and a wrong password: a password is always hashed, the same tables are
   * always read, and failures are counted alike.
   */
  async logIn(login: string, password: string, device: Device & Place): Promise<LoggedIn> {
    const { db, passwords, sessions, guard } = this.#deps
    const name = nameIn(login)
    const user_id = await this.#accountOf(name)
    const user = await store.readUser(db.query, user_id ?? NOBODY)
    const account = guard.accountOf(name)
    await guard.admit(user, account, device)
    const isRight = await passwords.verify(user?.password_hash ?? NOBODYS_HASH, password)
    if (!user || !isRight) throw new TintypeError('credentials_wrong')
    return db.tx(async (tx) => {
      // Changed or deleted while the password was being checked?
      const current = await store.lockUser(tx, user.user_id)
      if (current?.password_hash !== user.password_hash) throw new TintypeError('credentials_wrong')
      await guard.succeeded(tx, user.user_id, account, device)
      const device_token = guard.deviceToken(user)
      return { ...(await sessions.begin(tx, user.user_id, device)), user_id: user.user_id, device_token }
    })
  }

  async #accountOf(name: string): Promise<UserId | undefined> {
    const { db } = this.#deps
    if (name.includes('@')) return store.readEmail(db.query, name)
    const [named] = await store.readNames(db.query, [name])
    return named?.user_id
  }

  /** Tells those who may not come in before their password is judged and hashed; the transaction decides. */
  async #assertOpen(account: NewAccount): Promise<void> {
    const { registration, owner_id } = await instance.readInstance(this.#deps.db.query)
    if (owner_id !== null) assertPolicy(registration, account)
  }

  async #admit(tx: Tx, account: NewAccount, userId: UserId): Promise<void> {
    const { registration } = await instance.readInstance(tx)
    assertPolicy(registration, account)
    if (registration !== 'invitation') return
    const now = new Date(this.#deps.clock.now())
    if (!(await instance.useInvitation(tx, account.invitation ?? '', userId, now)))
      throw new TintypeError('invitation_invalid')
  }
}

/** An address, or a username; a leading @ is how usernames are shown. */
const nameIn = (login: string): string =>
  login.trim().lastIndexOf('@') > 0 ? foldEmail(login) : foldUsername(login)

function assertPolicy(registration: instance.InstanceRow['registration'], account: NewAccount): void {
  if (registration === 'closed') throw new TintypeError('registration_closed')
  if (registration === 'invitation' && !account.invitation) throw new TintypeError('invitation_invalid')
}
