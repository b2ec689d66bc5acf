import {
  type AppId,
  appLimits,
  type ConnectedApp,
  type GrantId,
  type NewPersonalToken,
  type PersonalToken,
  type PersonalTokenWish,
  type Scope,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import { newId } from '../../kit/ids.ts'
import { allowedTo, claim, readApps } from './app-store.ts'
import { sessionOf } from './app-tokens.ts'
import type { AppsDeps } from './deps.ts'
import * as store from './grant-store.ts'
import { accessSeconds, refreshSeconds } from './lifetimes.ts'
import { inOrder } from './scopes.ts'

/** A pair of tokens, as they are to be kept. */
export interface Pair {
  user_id: UserId
  grant_id: GrantId
  access: string
  refresh: string
  /** Of this access token: what was allowed, or less of it. */
  scopes: Scope[]
  /** Of the refresh token, which may ask for all of it again. */
  held: Scope[]
}

const DAY_MS = 86_400_000

/** What members have allowed: apps by name, and tokens of their own. */
export class Grants {
  readonly #deps: Pick<AppsDeps, 'accounts' | 'clock' | 'db' | 'outbox' | 'tokens'>

  constructor(deps: Pick<AppsDeps, 'accounts' | 'clock' | 'db' | 'outbox' | 'tokens'>) {
    this.#deps = deps
  }

  /**
   * Makes what was allowed a grant, in the transaction that decided it. False where the member is not there to allow anything any more
   * (suspended, away, deleted), or the app is gone.
   */
  async begin(
    tx: Tx,
    grant: { user_id: UserId; grant_id: GrantId; app_id: AppId; scopes: Scope[] },
  ): Promise<boolean> {
    const { accounts, clock } = this.#deps
    const now = clock.now()
    const { user_id, app_id } = grant
    if (!(await accounts.isHere(tx, user_id)) || !(await claim(tx, app_id, new Date(now)))) return false
    const isFirst = !(await store.hasGrant(tx, user_id, app_id))
    const expires_at = new Date(now + refreshSeconds * 1000)
    await store.insertGrant(tx, { ...grant, name: null, created_at: new Date(now), expires_at })
    if (isFirst) await this.#tellAllowed(tx, grant)
    await this.#endIn(tx, user_id, { app_id, beyond: appLimits.grantsPerApp })
    return true
  }

  /** Keeps a pair of a grant that is there. */
  async keep(tx: Tx, { user_id, grant_id, access, refresh, scopes, held }: Pair): Promise<void> {
    const { tokens, clock } = this.#deps
    const now = clock.now()
    const one = (token: string, kind: store.TokenRow['kind'], seconds: number) =>
      store.insertToken(tx, {
        user_id,
        grant_id,
        kind,
        scopes: kind === 'access' ? scopes : held,
        token_hash: tokens.strings.hash(token),
        expires_at: new Date(now + seconds * 1000),
      })
    await one(access, 'access', accessSeconds)
    await one(refresh, 'refresh', refreshSeconds)
  }

  /** By app; what it was allowed on several devices is one line. */
  async connected(userId: UserId): Promise<ConnectedApp[]> {
    const { db, clock } = this.#deps
    const grants = await store.grantsOf(db.query, userId, new Date(clock.now()))
    const byApp = Map.groupBy(grants, ({ app_id }) => app_id)
    byApp.delete(null)
    const apps = await readApps(db.query, [...byApp.keys()] as AppId[])
    const known = new Map(apps.map((app) => [app.app_id, app]))
    return [...byApp].flatMap(([app_id, theirs]) => {
      const app = app_id && known.get(app_id)
      return app ? [{ ...shownTogether(theirs), app_id, name: app.name, website: app.website }] : []
    })
  }

  async disconnect(userId: UserId, app_id: AppId): Promise<void> {
    if ((await this.end(userId, { app_id })) === 0) throw new TintypeError('not_found')
  }

  /** Ends grants everywhere at once; answers how many there were. */
  async end(userId: UserId, which: store.WhichGrants): Promise<number> {
    const ended = await this.#deps.db.tx((tx) => this.#endIn(tx, userId, which))
    await this.#deps.accounts.tellEnded(ended.map(sessionOf))
    return ended.length
  }

  #tellAllowed(tx: Tx, { user_id, grant_id }: Pick<store.GrantRow, 'user_id' | 'grant_id'>): Promise<void> {
    return this.#deps.outbox.append(tx, [{ type: 'app.allowed', payload: { user_id, grant_id } }])
  }

  /** Within a transaction; `tellEnded` may follow, and comes with the event in any case. */
  async #endIn(tx: Tx, user_id: UserId, which: store.WhichGrants): Promise<GrantId[]> {
    const ended = await store.deleteGrants(tx, user_id, which)
    const payload = { user_id, session_ids: ended.map(sessionOf) }
    if (ended.length > 0) await this.#deps.outbox.append(tx, [{ type: 'user.sessions_ended', payload }])
    return ended
  }

  /** All that an app was allowed, some at a time: it is gone by now. */
  async endOf(appId: AppId, signal?: AbortSignal): Promise<void> {
    const some = 500
    for (;;) {
      const found = await allowedTo(this.#deps.db.query, appId, some)
      for (const { user_id, grant_id } of found) {
        signal?.throwIfAborted()
        await this.end(user_id, { grant_id })
      }
      if (found.length < some) return
    }
  }

  async tokens(userId: UserId): Promise<PersonalToken[]> {
    const { db, clock } = this.#deps
    const grants = await store.grantsOf(db.query, userId, new Date(clock.now()))
    return grants.filter(({ app_id }) => app_id === null).map(shownToken)
  }

  async createToken(user_id: UserId, { name, scopes, days }: PersonalTokenWish): Promise<NewPersonalToken> {
    const { db, clock, tokens, accounts } = this.#deps
    const now = clock.now()
    const token = tokens.strings.make('personal', user_id)
    const grant = {
      user_id,
      grant_id: newId<GrantId>(clock),
      app_id: null,
      name,
      scopes: inOrder(scopes),
      created_at: new Date(now),
      expires_at: days === null ? null : new Date(now + days * DAY_MS),
    }
    await db.tx(async (tx) => {
      if (!(await accounts.isHere(tx, user_id))) throw new TintypeError('unauthorized')
      if (!(await store.hasRoomForToken(tx, user_id, appLimits.tokensPerMember)))
        throw new TintypeError('too_many_apps')
      await store.insertGrant(tx, grant)
      await this.#tellAllowed(tx, grant)
      const { grant_id, expires_at } = grant
      const token_hash = tokens.strings.hash(token)
      await store.insertToken(tx, {
        user_id,
        grant_id,
        kind: 'access',
        scopes: grant.scopes,
        token_hash,
        expires_at,
      })
    })
    return { ...shownToken({ ...grant, used_at: null }), token }
  }

  async revokeToken(userId: UserId, grant_id: GrantId): Promise<void> {
    if ((await this.end(userId, { grant_id, own: true })) === 0) throw new TintypeError('not_found')
  }

  /** Those that ran out end as those do that somebody ends: what hangs on them goes too. */
  async purge(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const some = 500
    for (;;) {
      const due = await store.ranOut(db.query, new Date(clock.now()), some)
      for (const { user_id, grant_id } of due) {
        if (signal.aborted) return
        await this.end(user_id, { grant_id })
      }
      if (due.length < some) return
    }
  }
}

function shownTogether(grants: readonly store.GrantRow[]) {
  const first = (dates: readonly Date[]) => dates.toSorted((a, b) => a.getTime() - b.getTime())
  const used = grants.flatMap(({ used_at }) => used_at ?? [])
  return {
    scopes: inOrder(grants.flatMap((grant) => grant.scopes)),
    connected_at: (first(grants.map(({ created_at }) => created_at))[0] as Date).toISOString(),
    last_used_at: first(used).at(-1)?.toISOString() ?? null,
  }
}

const shownToken = ({
  grant_id,
  name,
  scopes,
  created_at,
  used_at,
  expires_at,
}: store.GrantRow): PersonalToken => ({
  token_id: grant_id,
  name: name ?? '',
  scopes,
  created_at: created_at.toISOString(),
  last_used_at: used_at?.toISOString() ?? null,
  expires_at: expires_at?.toISOString() ?? null,
})
