import { TintypeError } from '@tintype/contract'
import type { AuthorizationCodeGrantChecks, Configuration, IDToken } from 'openid-client'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'

export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  scopes: string
}

/** What only the browser that began has (sealed), and what is expected to come back. */
export interface Begun {
  state: string
  nonce: string
  verifier: string
}

/** What a provider says of somebody; only `subject` is by what they are known. */
export interface Known {
  issuer: string
  subject: string
  username: string
  full_name: string
  email: string
  email_verified: boolean
}

const PATIENCE_SECONDS = 5
/** What a provider says of itself is asked anew after so long; its keys whenever one is met that is not known. */
const KNOWN_MS = 3_600_000

type Library = typeof import('openid-client')

/**
 * The other place, as a relying party sees it (OpenID Connect Core: code flow with PKCE). It is asked when somebody logs in, never at the start,
 * and never waited for longer than some seconds.
 */
export class Provider {
  readonly #settings: ProviderSettings
  readonly #clock: Clock
  readonly #logger: Logger
  #known: { config: Configuration; at: number } | undefined
  #asking: Promise<Configuration> | undefined

  constructor(settings: ProviderSettings, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#settings = settings
    this.#clock = clock
    this.#logger = logger
  }

  get issuer(): string {
    return this.#settings.issuer
  }

  /** Where the browser goes. `again`: they are to prove anew who they are, though they are logged in there. */
  async begin(redirect_uri: string, { again }: { again: boolean }): Promise<Begun & { url: string }> {
    const { library, config } = await this.#ready()
    const [state, nonce, verifier] = [
      library.randomState(),
      library.randomNonce(),
      library.randomPKCECodeVerifier(),
    ]
    const url = library.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: this.#settings.scopes,
      state,
      nonce,
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(again ? { prompt: 'login', max_age: '0' } : {}),
    })
    return { state, nonce, verifier, url: url.href }
  }

  /** Whom the answer is about, once all of it is checked. `maxAge`: seconds since they proved it there. */
  async finish(answered: URL, { state, nonce, verifier }: Begun, maxAge?: number): Promise<Known> {
    const { library, config } = await this.#ready()
    const checks: AuthorizationCodeGrantChecks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(maxAge === undefined ? {} : { maxAge }),
    }
    try {
      const tokens = await library.authorizationCodeGrant(config, answered, checks)
      const claims = tokens.claims()
      if (!claims) throw new TintypeError('openid_failed')
      const asked = config.serverMetadata().userinfo_endpoint && !claims.email
      const more = asked ? await library.fetchUserInfo(config, tokens.access_token, claims.sub) : {}
      return knownOf(this.issuer, { ...claims, ...more })
    } catch (error) {
      throw this.#refusal(error)
    }
  }

  async #ready(): Promise<{ library: Library; config: Configuration }> {
    const library = await import('openid-client')
    if (this.#known && this.#known.at > this.#clock.now() - KNOWN_MS)
      return { library, config: this.#known.config }
    this.#asking ??= this.#discover(library).finally(() => {
      this.#asking = undefined
    })
    try {
      return { library, config: await this.#asking }
    } catch (error) {
      if (this.#known) return { library, config: this.#known.config }
      throw this.#refusal(error)
    }
  }

  async #discover(library: Library): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    const url = new URL(issuer)
    const config = await library.discovery(url, clientId, clientSecret, undefined, {
      timeout: PATIENCE_SECONDS,
      execute: [
        // Without it a token that came straight from the provider is believed whatever its signature.
        library.enableNonRepudiationChecks,
        // Settings allow it on this machine alone.
        ...(url.protocol === 'http:' ? [library.allowInsecureRequests] : []),
      ],
    })
    this.#known = { config, at: this.#clock.now() }
    return config
  }

  #refusal(error: unknown): TintypeError {
    if (error instanceof TintypeError) return error
    const names = [...chainOf(error)].map(({ name, code, error: said }) => said ?? code ?? name)
    this.#logger.warn({ reasons: names, issuer: this.issuer }, 'a log-in elsewhere was not possible')
    if (names.includes('access_denied')) return new TintypeError('openid_refused', { cause: error })
    const isAway = [...chainOf(error)].some(
      ({ name, code, status }) => name === 'TimeoutError' || AWAY.has(code ?? '') || (status ?? 0) >= 500,
    )
    return new TintypeError(isAway ? 'openid_away' : 'openid_failed', { cause: error })
  }
}

const AWAY = new Set([
  'OAUTH_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
])

interface Reason {
  name?: string
  code?: string
  error?: string
  status?: number
}

function* chainOf(error: unknown): Generator<Reason> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    yield at as Reason
    if (at.cause instanceof Response) yield { status: at.cause.status }
  }
}

const text = (value: unknown, most: number): string =>
  typeof value === 'string' && value.length <= most ? value : ''

function knownOf(issuer: string, claims: Partial<IDToken>): Known {
  const email = text(claims.email, 254)
  return {
    issuer,
    subject: text(claims.sub, 255),
    username: text(claims.preferred_username, 254) || email,
    full_name: text(claims.name, 200),
    email,
    email_verified: email !== '' && claims.email_verified === true,
  }
}
