import { Exact, type Id, idOf, Nullable, type Static, Timestamp, Type, Written } from '../core/schema.ts'
import { type Scope, scopes } from '../core/scope.ts'

export type AppId = Id<'app'>
export const AppId = idOf<AppId>()
/** What a member allowed an app once, on one device of theirs; or a token that they made for themself. */
export type GrantId = Id<'grant'>
export const GrantId = idOf<GrantId>()

export const appLimits = {
  perMember: 25,
  tokensPerMember: 50,
  /** That one member allowed one app: the oldest of more ends. */
  grantsPerApp: 20,
  redirects: 10,
  redirect: 500,
  /** Apps that registered themselves and that nobody has allowed anything yet. */
  unclaimed: 1000,
} as const

export const ScopeName = Type.Unsafe<Scope>(Type.String({ enum: [...scopes] }))
export const ScopeNames = Type.Array(ScopeName, { minItems: 1, maxItems: scopes.length, uniqueItems: true })

const name = Written('line', { min: 1, max: 60 })
const website = Nullable(Type.String({ maxLength: 300, pattern: '^https?://[^\\s/?#]\\S*$' }))
const redirect_uris = Type.Array(Type.String({ minLength: 1, maxLength: appLimits.redirect }), {
  maxItems: appLimits.redirects,
  uniqueItems: true,
})

/** An app, for whoever made it. */
export const App = Exact({
  app_id: AppId,
  name: Type.String(),
  website: Nullable(Type.String()),
  /** Where members come back to. Compared as they stand; on this device (`http://127.0.0.1`) any port will do. */
  redirect_uris: Type.Array(Type.String()),
  /** Whether it keeps a secret, as a server can; what runs on somebody's device cannot, and proves itself by PKCE alone. */
  confidential: Type.Boolean(),
  /** What it may ask for at most. */
  scopes: ScopeNames,
  created_at: Timestamp,
})
export type App = Static<typeof App>

export const AppChange = Exact({ name, website, redirect_uris, scopes: ScopeNames })
export type AppChange = Static<typeof AppChange>
export const NewApp = Exact({ ...AppChange.properties, confidential: Type.Boolean() })
export type NewApp = Static<typeof NewApp>
/** `client_secret` is shown this once, and null where the app keeps none. */
export const RegisteredApp = Exact({ app: App, client_secret: Nullable(Type.String()) })
export type RegisteredApp = Static<typeof RegisteredApp>

/** What an app asks for by sending the member to `/oauth/authorize` (RFC 6749, RFC 7636). */
export const AppRequest = Exact({
  client_id: Type.String({ maxLength: 100 }),
  redirect_uri: Type.String({ maxLength: 600 }),
  response_type: Type.Optional(Type.String({ maxLength: 40 })),
  scope: Type.Optional(Type.String({ maxLength: 300 })),
  state: Type.Optional(Type.String({ maxLength: 2000 })),
  code_challenge: Type.Optional(Type.String({ maxLength: 200 })),
  code_challenge_method: Type.Optional(Type.String({ maxLength: 20 })),
})
export type AppRequest = Static<typeof AppRequest>

/** Who asks, and for what. */
export const AskingApp = Exact({
  app_id: AppId,
  name: Type.String(),
  website: Nullable(Type.String()),
  /** The member who made it; null where it registered itself, so that its name is nobody's word. */
  made_by: Nullable(Type.String()),
  scopes: ScopeNames,
})
export type AskingApp = Static<typeof AskingApp>

/** `refused_to`: what is asked for is not to be had; the app is told so there, and the member is asked for nothing. */
export const AskedByApp = Exact({
  app: AskingApp,
  /** The host that the member comes back to; null: an app on this device. */
  returns_to: Nullable(Type.String()),
  refused_to: Nullable(Type.String()),
})
export type AskedByApp = Static<typeof AskedByApp>

/** As it is read aloud: eight letters, in any case, with or without the hyphen. */
export const UserCode = Type.String({ minLength: 8, maxLength: 20 })

export const ConnectedApp = Exact({
  app_id: AppId,
  name: Type.String(),
  website: Nullable(Type.String()),
  scopes: ScopeNames,
  connected_at: Timestamp,
  /** To the hour or so. */
  last_used_at: Nullable(Timestamp),
})
export type ConnectedApp = Static<typeof ConnectedApp>

export const PersonalToken = Exact({
  token_id: GrantId,
  name: Type.String(),
  scopes: ScopeNames,
  created_at: Timestamp,
  /** To the hour or so. */
  last_used_at: Nullable(Timestamp),
  expires_at: Nullable(Timestamp),
})
export type PersonalToken = Static<typeof PersonalToken>
/** `token` is shown this once. */
export const NewPersonalToken = Exact({ ...PersonalToken.properties, token: Type.String() })
export type NewPersonalToken = Static<typeof NewPersonalToken>
/** `days`: how long it lasts; null: until it is revoked. */
export const PersonalTokenWish = Exact({
  name,
  scopes: ScopeNames,
  days: Nullable(Type.Integer({ minimum: 1, maximum: 366 })),
})
export type PersonalTokenWish = Static<typeof PersonalTokenWish>
