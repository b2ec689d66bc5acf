import {
  BROWSER_ACCOUNTS,
  type BrowserAccount,
  type Me,
  summaryOf,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { readLiveSession } from './session-store.ts'
import type { Device, IssuedTokens, Sessions } from './sessions.ts'
import type { RefreshClaims, Tokens } from './tokens.ts'

/** Refresh tokens as a browser holds them: of the account in use, and of those beside it. */
export interface Held {
  active: string | undefined
  parked: readonly string[]
}

export interface BrowserAccountsDeps {
  db: Db
  clock: Clock
  tokens: Pick<Tokens, 'readRefresh'>
  sessions: Pick<Sessions, 'end' | 'refresh'>
  profiles: { me(userId: UserId): Promise<Me> }
}

interface Account extends RefreshClaims {
  token: string
}

interface Alive {
  active: Account | undefined
  parked: Account[]
}

/**
 * Several accounts of one browser. Each has a session of its own, as if there were no other; the browser holds a refresh token of each, and
 * one of them is in use. What it may do it may by those tokens alone: the server remembers nothing of who shares a browser with whom.
 */
export class BrowserAccounts {
  readonly #deps: BrowserAccountsDeps

  constructor(deps: BrowserAccountsDeps) {
    this.#deps = deps
  }

  async list(held: Held): Promise<BrowserAccount[]> {
    const { active, parked } = await this.#alive(held)
    const all = active ? [active, ...parked] : parked
    return Promise.all(
      all.map(async (account) => {
        const me = await this.#deps.profiles.me(account.user_id)
        const { unread_notifications } = me
        return { user: summaryOf(me), current: account === active, unread_notifications }
      }),
    )
  }

  /** Answers what is parked from then on. */
  async park(held: Held): Promise<string[]> {
    const { active, parked } = await this.#alive(held)
    const all = active ? [...parked, active] : parked
    if (all.length >= BROWSER_ACCOUNTS) throw new TintypeError('too_many_accounts')
    return all.map(({ token }) => token)
  }

  async switchTo(
    held: Held,
    userId: UserId,
    device: Device,
  ): Promise<{ issued: IssuedTokens & { user_id: UserId }; parked: string[] }> {
    const { active, parked, target } = await this.#find(held, userId)
    const issued = await this.#deps.sessions.refresh(target.token, device).catch((cause: unknown) => {
      const isOver = cause instanceof TintypeError && cause.code.startsWith('refresh_')
      throw isOver ? new TintypeError('account_not_here', { cause }) : cause
    })
    const others = active ? [...parked, active] : parked
    return { issued, parked: others.filter((one) => one !== target).map(({ token }) => token) }
  }

  /** Ends the session of one account; answers what is left. */
  async leave(held: Held, userId: UserId): Promise<{ active: boolean; parked: string[] }> {
    const { active, parked, target } = await this.#find(held, userId)
    await this.#end(target)
    const left = parked.filter((one) => one !== target)
    return { active: active !== undefined && active !== target, parked: left.map(({ token }) => token) }
  }

  async leaveAll(held: Held): Promise<void> {
    const { active, parked } = await this.#alive(held)
    for (const account of [...(active ? [active] : []), ...parked]) await this.#end(account)
  }

  /** After a log-in: what was parked of the same account has another session now, and its own ends. */
  async entered(parked: readonly string[], userId: UserId): Promise<string[]> {
    const alive = await this.#alive({ active: undefined, parked })
    for (const account of alive.parked) if (account.user_id === userId) await this.#end(account)
    return alive.parked.flatMap(({ token, user_id }) => (user_id === userId ? [] : token))
  }

  async #find(held: Held, userId: UserId): Promise<Alive & { target: Account }> {
    const alive = await this.#alive(held)
    const target = [alive.active, ...alive.parked].find((account) => account?.user_id === userId)
    if (!target) throw new TintypeError('account_not_here')
    return { ...alive, target }
  }

  #end({ user_id, session_id }: Account): Promise<number> {
    return this.#deps.sessions.end(user_id, { only: session_id })
  }

  /** One session for each account: the one in use comes first. What has ended is left out, as is what nobody here has signed. */
  async #alive({ active, parked }: Held): Promise<Alive> {
    const used = active === undefined ? undefined : await this.#read(active)
    const others: Account[] = []
    for (const token of parked.slice(0, BROWSER_ACCOUNTS)) {
      const account = await this.#read(token)
      const isThere = [used, ...others].some((one) => one?.user_id === account?.user_id)
      if (account && !isThere) others.push(account)
    }
    return { active: used, parked: others }
  }

  async #read(token: string): Promise<Account | undefined> {
    const { db, clock, tokens } = this.#deps
    const claims = tokens.readRefresh(token)
    const live = claims && (await readLiveSession(db.query, claims, new Date(clock.now())))
    return live && { ...claims, token }
  }
}
