import OAuth2Server from '@node-oauth/oauth2-server'
import type { AppId, GrantId, Scope, UserId } from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import type { Bearer } from './bearer.ts'
import { type Clients, DEVICE_GRANT, type KnownClient } from './clients.ts'
import * as codes from './code-store.ts'
import type { AppsDeps } from './deps.ts'
import { type DeviceCodes, deviceGrant } from './device-codes.ts'
import { takeDevice } from './device-store.ts'
import * as store from './grant-store.ts'
import type { Grants, Pair } from './grants.ts'
import { accessSeconds, raceSeconds, refreshSeconds } from './lifetimes.ts'
import { allowedScopes } from './scopes.ts'

export interface ExchangeDeps extends Pick<AppsDeps, 'clock' | 'db' | 'tokens' | 'accounts'> {
  clients: Pick<Clients, 'proven'>
  grants: Pick<Grants, 'begin' | 'end' | 'keep'>
  devices: DeviceCodes
}

const { InvalidGrantError } = OAuth2Server
/** The library looks at its own clock; what is given to it has been judged by ours. */
const NOT_YET = new Date(8.64e15)

const over = () => new InvalidGrantError('Invalid grant: it is over')

/**
 * `/oauth/token`: the library reads the request, authenticates the app, checks PKCE and writes the reply; here is what it asks for. What may be
 * used once is used up by one statement each: a code before anything else of it is looked at, all else in the transaction that keeps
 * what comes of it.
 */
export class Exchange {
  readonly #deps: ExchangeDeps
  readonly #server: OAuth2Server

  constructor(deps: ExchangeDeps) {
    this.#deps = deps
    this.#server = new OAuth2Server({
      model: this.#model() as unknown as OAuth2Server.AuthorizationCodeModel,
      accessTokenLifetime: accessSeconds,
      refreshTokenLifetime: refreshSeconds,
      // Apps that keep no secret prove themselves by PKCE, by the refresh token, by the device's code. One that keeps one has to say it.
      requireClientAuthentication: {
        authorization_code: false,
        refresh_token: false,
        [DEVICE_GRANT]: false,
      },
      extendedGrantTypes: { [DEVICE_GRANT]: deviceGrant(deps.devices) },
    })
  }

  /** The reply's body. Rejects with the library's OAuthError. */
  async token(headers: Record<string, string>, body: Record<string, unknown>): Promise<object> {
    const request = new OAuth2Server.Request({ headers, method: 'POST', query: {}, body })
    const response = new OAuth2Server.Response()
    await this.#server.token(request, response)
    return response.body
  }

  #model() {
    const { clients, tokens } = this.#deps
    const { strings } = tokens
    return {
      getClient: (id: string, secret: string | undefined) => clients.proven(id, secret),
      // Its own check of access tokens is not used: the gateway has one.
      getAccessToken: async () => undefined,
      validateScope: async (bearer: Bearer, client: KnownClient, asked: string[] | undefined) =>
        allowedScopes(client, asked, bearer.user_id === undefined),
      generateAccessToken: async (client: KnownClient, { user_id }: Bearer) =>
        user_id ? strings.make('access', user_id) : strings.make('client', client.id),
      generateRefreshToken: async (_: KnownClient, { user_id }: Bearer) =>
        strings.make('refresh', user_id ?? ''),
      getAuthorizationCode: (code: string) => this.#readCode(code),
      revokeAuthorizationCode: ({ user }: { user: Bearer }) => this.#useCode(user),
      getRefreshToken: (token: string) => this.#readRefresh(token),
      // It is used up when its successors are kept.
      revokeToken: async () => true,
      getUserFromClient: async ({ id }: KnownClient): Promise<Bearer> => ({ app_id: id }),
      saveToken: (token: OAuth2Server.Token, client: KnownClient, bearer: Bearer) =>
        this.#keep(token, client, bearer),
    }
  }

  async #readCode(code: string) {
    const { db, clock, tokens } = this.#deps
    const said = tokens.strings.read(code, 'code')
    if (!said) return undefined
    const name = { user_id: said.holder as UserId, code_hash: tokens.strings.hash(code) }
    const row = await codes.readCode(db.query, name)
    if (!row || row.expires_at.getTime() <= clock.now()) return undefined
    const bearer: Bearer = { user_id: row.user_id, grant_id: row.grant_id, code: name }
    const challenge = row.code_challenge && { codeChallenge: row.code_challenge, codeChallengeMethod: 'S256' }
    return {
      authorizationCode: code,
      expiresAt: NOT_YET,
      redirectUri: row.redirect_uri,
      scope: row.scopes,
      client: { id: row.app_id, grants: [] },
      user: bearer,
      ...challenge,
    }
  }

  /** A second use ends what came of the first (RFC 6749, 4.1.2): whoever was first may not have been the app. */
  async #useCode({ code, grant_id, user_id }: Bearer): Promise<boolean> {
    const { db, clock, grants } = this.#deps
    if (!code || !grant_id || !user_id) return false
    if (await codes.useCode(db.query, code, new Date(clock.now()))) return true
    await db.tx((tx) => codes.noteReuse(tx, code))
    await grants.end(user_id, { grant_id })
    return false
  }

  async #readRefresh(token: string) {
    const { db, clock, tokens } = this.#deps
    const said = tokens.strings.read(token, 'refresh')
    if (!said) return undefined
    const name = { user_id: said.holder as UserId, token_hash: tokens.strings.hash(token) }
    const found = await store.findToken(db.query, name, 'refresh')
    if (!found?.app_id || (found.expires_at?.getTime() ?? 0) <= clock.now()) return undefined
    const bearer: Bearer = {
      user_id: name.user_id,
      grant_id: found.grant_id,
      refresh: { ...name, scopes: found.scopes },
    }
    const client = { id: found.app_id, grants: [] }
    return { refreshToken: token, scope: found.scopes, client, user: bearer }
  }

  async #keep(token: OAuth2Server.Token, client: KnownClient, bearer: Bearer): Promise<OAuth2Server.Token> {
    const asked = (token.scope ?? []) as Scope[]
    const kept = { ...token, client, user: bearer }
    if (bearer.app_id) {
      await this.#keepClient(token.accessToken, client.id)
      return { ...kept, scope: ['read'] }
    }
    const { user_id, refresh } = bearer
    if (!user_id || !token.refreshToken) throw over()
    const pair = { user_id, access: token.accessToken, refresh: token.refreshToken, scopes: asked }
    if (refresh && bearer.grant_id)
      await this.#rotate({ ...pair, grant_id: bearer.grant_id, held: refresh.scopes }, refresh)
    else await this.#begin(pair, client.id, bearer)
    return kept
  }

  async #begin(
    pair: { user_id: UserId; access: string; refresh: string; scopes: Scope[] },
    app_id: AppId,
    { code, device, grant_id = newId<GrantId>(this.#deps.clock) }: Bearer,
  ): Promise<void> {
    const { db, grants } = this.#deps
    const { user_id, scopes } = pair
    await db.tx(async (tx) => {
      const isFirst = code ? await codes.redeem(tx, code) : device && (await takeDevice(tx, device))
      if (!isFirst || !(await grants.begin(tx, { user_id, grant_id, app_id, scopes }))) throw over()
      await grants.keep(tx, { ...pair, grant_id, held: scopes })
    })
  }

  /** An old one that comes again ends the family, for both who have it; a retry or a second tab is refused and no more. */
  async #rotate(pair: Pair, refresh: store.TokenName): Promise<void> {
    const { db, clock, grants } = this.#deps
    const now = clock.now()
    const times = { now: new Date(now), expires: new Date(now + refreshSeconds * 1000) }
    const isExchanged = await db.tx(async (tx) => {
      if (!(await store.exchange(tx, refresh, times))) return false
      await grants.keep(tx, pair)
      return true
    })
    if (isExchanged) return
    const before = await store.exchangedAt(db.query, refresh)
    if (before?.used_at && now - before.used_at.getTime() > raceSeconds * 1000)
      await grants.end(pair.user_id, { grant_id: before.grant_id })
    throw over()
  }

  async #keepClient(token: string, app_id: AppId): Promise<void> {
    const { db, clock, tokens } = this.#deps
    await store.insertClientToken(db.query, {
      app_id,
      token_hash: tokens.strings.hash(token),
      token_id: newId<GrantId>(clock),
      expires_at: new Date(clock.now() + accessSeconds * 1000),
    })
  }
}
