import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { type FailedLogins, loginGuard, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { AccountRow } from './account-store.ts'
import * as store from './login-store.ts'

export interface LoginGuardDeps {
  db: Db
  clock: Clock
  /** Signs what known devices keep. */
  secret: string
  /** Scales how many failures are free; 0: nobody is slowed. */
  multiplier: number
}

/** Where somebody tries to log in from. */
export interface Place {
  /** Of their address (see networkOf). */
  network: string
  /** What `deviceToken` gave this browser earlier. */
  device_token?: string | undefined
}

const DAY_MS = 86_400_000
/** How long a network is known, and how long a member is told of failures. */
const KNOWN_MS = 90 * DAY_MS
const RECENT_MS = 30 * DAY_MS
/** For so long after its wait a network may come back. */
const GRACE_MS = 3_600_000

/**
 * Bounds wrong passwords by account, beside the bound by address. After `loginGuard.free` failures whoever the account does not know is told to
 * wait before each try, longer with every failure. A wait is each network's own: whatever others do, it ends. So nobody can be locked
 * out: devices and networks from which the member has logged in wait for nothing, and any other for `longestWait` at most.
 * Counted is what was typed as the name, whether or not somebody has it: so nothing tells that a name is taken, nor that a name and an
 * address are one account's.
 */
export class LoginGuard {
  readonly #deps: LoginGuardDeps
  readonly #key: KeyObject

  constructor(deps: LoginGuardDeps) {
    this.#deps = deps
    this.#key = createSecretKey(createHmac('sha256', deps.secret).update('tintype log-in guard').digest())
  }

  /**
   * Counts the try as a failure until `takeBack` says otherwise, so that tries at the same moment are counted each; rejects with
   * `rate_limited` where the place has to wait first, and then counts nothing. Answers whether the account knows the place.
   */
  async admit(user: AccountRow | undefined, account: string, place: Place): Promise<boolean> {
    const { db, clock, multiplier } = this.#deps
    const isKnown = await this.recognises(user, place)
    if (multiplier === 0) return isKnown
    const now = clock.now()
    const retry_after = await db.tx((tx) =>
      this.#try(tx, { account, user_id: user?.user_id ?? null, place, isKnown, now }),
    )
    if (retry_after > 0) throw new TintypeError('rate_limited', { details: { retry_after } })
    return isKnown
  }

  /** The same amount of work where there is no such member. */
  async recognises(user: AccountRow | undefined, place: Place): Promise<boolean> {
    return (await this.knows(user ?? nobody, place)) && user !== undefined
  }

  /** Whether its member has logged in from there. */
  async knows(user: Pick<AccountRow, 'user_id' | 'password_hash'>, place: Place): Promise<boolean> {
    const isKnownNetwork = await store.isKnownNetwork(this.#deps.db.query, user.user_id, place.network)
    return this.#isDeviceOf(user, place.device_token) || isKnownNetwork
  }

  /** The password was right after all. */
  async takeBack(tx: Tx, account: string): Promise<void> {
    if (this.#deps.multiplier > 0) await store.takeBackFailure(tx, account)
  }

  async noteNetwork(tx: Tx, userId: UserId, network: string): Promise<void> {
    await store.noteNetwork(tx, userId, network, new Date(this.#deps.clock.now()))
  }

  /** What is known of a member's devices is worth nothing once their password is another. */
  async forgetPlaces(tx: Tx, userId: UserId): Promise<void> {
    await store.forgetNetworks(tx, userId)
  }

  async forget(tx: Tx, userId: UserId): Promise<void> {
    await store.forgetNetworks(tx, userId)
    await store.forgetFailures(tx, userId)
  }

  /** By what failures are counted: a username or an address, in lower case. */
  accountOf(name: string): string {
    return this.#mac(`account ${name}`)
  }

  /** For the browser to keep. Good for as long as the password stays the same. */
  deviceToken(user: Pick<AccountRow, 'user_id' | 'password_hash'>): string {
    return this.#mac(`device ${user.user_id} ${user.password_hash}`)
  }

  /** What the member is told of. */
  async failures(userId: UserId): Promise<FailedLogins> {
    const rows = await store.readFailures(this.#deps.db.query, userId)
    if (rows.length === 0) return { count: 0, since: null, last_at: null }
    const iso = (ms: number) => new Date(ms).toISOString()
    return {
      count: rows.reduce((sum, row) => sum + row.failed, 0),
      since: iso(Math.min(...rows.map((row) => row.failed_since.getTime()))),
      last_at: iso(Math.max(...rows.map((row) => row.last_failed_at.getTime()))),
    }
  }

  async purge(): Promise<void> {
    const ago = (ms: number) => new Date(this.#deps.clock.now() - ms)
    await store.purge(this.#deps.db.query, {
      strangers: ago(loginGuard.forgottenAfter * 1000),
      members: ago(RECENT_MS),
      waits: ago(GRACE_MS),
      networks: ago(KNOWN_MS),
    })
  }

  /** Answers how many seconds the place has to wait; 0: it may try, which is counted. */
  async #try(tx: Tx, { account, user_id, place, isKnown, now }: Attempt): Promise<number> {
    const before = await store.lockAccount(tx, account)
    const isOld = !before || before.last_failed_at.getTime() <= now - loginGuard.forgottenAfter * 1000
    const level = isOld ? 0 : before.level
    const excess = level - Math.max(1, Math.round(loginGuard.free * this.#deps.multiplier))
    if (!isKnown && excess >= 0) {
      const rest = await this.#waitOf(tx, account, place.network, { now, seconds: waitAfter(excess) })
      if (rest > 0) return rest
    }
    const isRecent =
      before?.user_id === user_id && before.failed > 0 && before.last_failed_at.getTime() > now - RECENT_MS
    await store.writeFailures(tx, {
      account,
      user_id,
      level: level + 1,
      failed: isRecent ? before.failed + 1 : 1,
      failed_since: isRecent ? before.failed_since : new Date(now),
      last_failed_at: new Date(now),
    })
    return 0
  }

  /** Seconds that are left of a network's wait, which begins when it first asks; 0 uses it up. */
  async #waitOf(
    tx: Tx,
    account: string,
    network: string,
    { now, seconds }: { now: number; seconds: number },
  ): Promise<number> {
    const due = (await store.readWait(tx, account, network))?.getTime()
    if (due === undefined || due < now - GRACE_MS) {
      await store.writeWait(tx, { account, network, due_at: new Date(now + seconds * 1000) })
      return seconds
    }
    if (due > now) return Math.ceil((due - now) / 1000)
    await store.endWait(tx, account, network)
    return 0
  }

  #isDeviceOf(user: Pick<AccountRow, 'user_id' | 'password_hash'>, token: string | undefined): boolean {
    const [expected, given] = [Buffer.from(this.deviceToken(user)), Buffer.from(token ?? '')]
    return expected.length === given.length && timingSafeEqual(expected, given)
  }

  #mac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url')
  }
}

interface Attempt {
  account: string
  user_id: UserId | null
  place: Place
  isKnown: boolean
  now: number
}

const waitAfter = (excess: number): number =>
  Math.min(loginGuard.longestWait, loginGuard.firstWait * 2 ** Math.min(excess, 20))

/** An id that nobody has: version 7 of the beginning of time. */
export const NOBODY = '00000000-0000-7000-8000-000000000000' as UserId
const nobody = { user_id: NOBODY, password_hash: '' }
