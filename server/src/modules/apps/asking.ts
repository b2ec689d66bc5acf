import OAuth2Server from '@node-oauth/oauth2-server'
import {
  type AppId,
  type AppRequest,
  type AskedByApp,
  type AskingApp,
  type GrantId,
  type Scope,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import { readApp } from './app-store.ts'
import type { Clients, KnownClient } from './clients.ts'
import { insertCode } from './code-store.ts'
import type { AppsDeps } from './deps.ts'
import { codeSeconds } from './lifetimes.ts'
import { causeOf } from './oauth-errors.ts'
import { isRegistered, returnsTo, withAnswer } from './redirects.ts'
import { allowedScopes } from './scopes.ts'

export interface AskingDeps extends Pick<AppsDeps, 'clock' | 'db' | 'tokens' | 'members'> {
  clients: Pick<Clients, 'find'>
}

const { InvalidRequestError, OAuthError } = OAuth2Server
/** SHA-256 in base64url. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

/** Where the answer goes, and the issuer that it names (RFC 9207). */
interface Answering {
  request: AppRequest
  issuer: string
}

/**
 * What an app asks a member for by sending them here. The library judges the request, once to show it and once to answer it; what is wrong
 * with the app itself or its address is told to the member alone, all else to the app, where it comes back.
 */
export class Asking {
  readonly #deps: AskingDeps

  constructor(deps: AskingDeps) {
    this.#deps = deps
  }

  /** To be shown to the member; nothing is kept. */
  async asked(user_id: UserId, answering: Answering): Promise<AskedByApp> {
    const client = await this.#client(answering.request)
    const { scopes, refused } = await this.#judge(client, user_id, answering, async () => {})
    const app = await this.shown(client.id, scopes ?? client.scopes)
    if (!app) throw new TintypeError('app_request_invalid')
    return { app, returns_to: returnsTo(answering.request.redirect_uri), refused_to: refused ?? null }
  }

  /** Answers where the member goes back to, with a code or a refusal. */
  async answer(user_id: UserId, answering: Answering, allow: boolean): Promise<string> {
    const client = await this.#client(answering.request)
    const { request, issuer } = answering
    const back = (answer: Record<string, string>) =>
      withAnswer(request.redirect_uri, { ...answer, state: request.state, iss: issuer })
    const code = this.#deps.tokens.strings.make('code', user_id)
    const { refused } = await this.#judge(client, user_id, answering, async (scopes) => {
      if (!allow) throw new OAuth2Server.AccessDeniedError('The member said no')
      await this.#keep(code, { user_id, client, scopes, request })
    })
    return refused ?? back({ code })
  }

  /** Undefined where the app is gone. */
  async shown(id: AppId, scopes: Scope[]): Promise<AskingApp | undefined> {
    const { db, members } = this.#deps
    const row = await readApp(db.query, id)
    if (!row) return undefined
    const { app_id, name, website, owner_id } = row
    const maker = owner_id && (await members.usernames([owner_id])).get(owner_id)
    return { app_id, name, website, made_by: maker || null, scopes }
  }

  /** Nobody is sent to an address that the app has not given beforehand. */
  async #client({ client_id, redirect_uri }: AppRequest): Promise<KnownClient> {
    const client = await this.#deps.clients.find(client_id)
    if (!client) throw new TintypeError('app_request_invalid', { details: { reason: 'client_id' } })
    if (!isRegistered(redirect_uri, client.redirectUris))
      throw new TintypeError('app_request_invalid', { details: { reason: 'redirect_uri' } })
    return client
  }

  async #judge(
    client: KnownClient,
    user_id: UserId,
    { request, issuer }: Answering,
    keep: (scopes: Scope[]) => Promise<void>,
  ): Promise<{ scopes?: Scope[]; refused?: string }> {
    const server = new OAuth2Server({ model: modelFor(client, keep) })
    const asked = new OAuth2Server.Request({ headers: {}, method: 'POST', query: {}, body: { ...request } })
    try {
      const { scope = [] } = await server.authorize(asked, new OAuth2Server.Response(), {
        authenticateHandler: { handle: () => ({ user_id }) },
        allowEmptyState: true,
        authorizationCodeLifetime: codeSeconds,
      })
      return { scopes: scope as Scope[] }
    } catch (error) {
      if (!(error instanceof OAuthError) || error.code >= 500) throw causeOf(error)
      const { name, message } = error
      const answer = { error: name, error_description: message, state: request.state, iss: issuer }
      return { refused: withAnswer(request.redirect_uri, answer) }
    }
  }

  async #keep(
    code: string,
    {
      user_id,
      client,
      scopes,
      request,
    }: { user_id: UserId; client: KnownClient; scopes: Scope[]; request: AppRequest },
  ): Promise<void> {
    const { db, clock, tokens } = this.#deps
    await insertCode(db.query, {
      user_id,
      code_hash: tokens.strings.hash(code),
      grant_id: newId<GrantId>(clock),
      app_id: client.id,
      scopes,
      redirect_uri: request.redirect_uri,
      code_challenge: request.code_challenge ?? null,
      expires_at: new Date(clock.now() + codeSeconds * 1000),
    })
  }
}

/** What the library asks for while it judges a request; `keep` is called where there is nothing against it. */
const modelFor = (client: KnownClient, keep: (scopes: Scope[]) => Promise<void>) =>
  ({
    getClient: async () => client,
    validateRedirectUri: async () => true,
    validateScope: async (_: unknown, __: unknown, asked: string[] | undefined) =>
      allowedScopes(client, asked, false),
    async saveAuthorizationCode(code: OAuth2Server.AuthorizationCode) {
      // No secret tells such an app from another that caught its code.
      if (!client.isConfidential && !code.codeChallenge)
        throw new InvalidRequestError('Missing parameter: `code_challenge` (S256)')
      if (code.codeChallenge && !CHALLENGE.test(code.codeChallenge))
        throw new InvalidRequestError('Invalid parameter: `code_challenge` (S256)')
      await keep((code.scope ?? []) as Scope[])
      return { ...code, client, user: {} }
    },
  }) as unknown as OAuth2Server.AuthorizationCodeModel
