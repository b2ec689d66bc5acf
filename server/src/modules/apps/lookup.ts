import type { AppId, Scope, UserId } from '@tintype/contract'
import { type AppToken, type AppTokens, sessionOf } from './app-tokens.ts'
import type { KnownClient } from './clients.ts'
import type { AppsDeps } from './deps.ts'
import { deleteClientTokens, findToken } from './grant-store.ts'
import type { Grants } from './grants.ts'

export interface LookupDeps extends Pick<AppsDeps, 'accounts' | 'clock' | 'db' | 'members'> {
  tokens: AppTokens
  grants: Pick<Grants, 'end'>
}

type Found = Pick<AppToken, 'user_id' | 'expires' | 'grant_id'> & { scopes: Scope[]; isRefresh: boolean }

/** What apps may know and end of the tokens that they were given (RFC 7662, RFC 7009). One of another app is as good as none. */
export class Lookup {
  readonly #deps: LookupDeps

  constructor(deps: LookupDeps) {
    this.#deps = deps
  }

  async introspect(client: KnownClient, token: string): Promise<object> {
    const found = await this.#find(client.id, token)
    if (!found || found.expires <= this.#deps.clock.now()) return { active: false }
    const { user_id, expires, scopes, isRefresh } = found
    const username = user_id && (await this.#deps.members.usernames([user_id])).get(user_id)
    return {
      active: true,
      client_id: client.id,
      scope: scopes.join(' '),
      token_type: isRefresh ? 'refresh_token' : 'Bearer',
      exp: Math.floor(expires / 1000),
      sub: user_id ?? client.id,
      ...(username ? { username } : {}),
    }
  }

  /** Ends all that it stands for, the other tokens of its grant too. */
  async revoke(client: KnownClient, token: string): Promise<void> {
    const { accounts, db, grants, tokens } = this.#deps
    const found = await this.#find(client.id, token)
    if (!found) return
    if (found.user_id !== null) {
      await grants.end(found.user_id, { grant_id: found.grant_id })
      return
    }
    const hash = tokens.strings.hash(token)
    const ended = await db.tx((tx) => deleteClientTokens(tx, client.id, hash))
    await accounts.tellEnded(ended.map(sessionOf))
  }

  async #find(app_id: AppId, token: string): Promise<Found | undefined> {
    const { db, tokens } = this.#deps
    const said = tokens.strings.read(token, 'refresh', 'access', 'client')
    if (said?.kind !== 'refresh') {
      const found = said && (await tokens.find(token))
      return found?.app_id === app_id ? { ...found, scopes: [...found.scopes], isRefresh: false } : undefined
    }
    const user_id = said.holder as UserId
    const found = await findToken(db.query, { user_id, token_hash: tokens.strings.hash(token) }, 'refresh')
    if (found?.app_id !== app_id || found.used_at !== null) return undefined
    const { grant_id, scopes, expires_at } = found
    return { user_id, grant_id, scopes, isRefresh: true, expires: expires_at?.getTime() ?? 0 }
  }
}
