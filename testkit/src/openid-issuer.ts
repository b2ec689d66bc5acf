import type { webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import Provider from 'oidc-provider'
import { freePorts } from './free-ports.ts'

/** What an issuer knows of somebody, by the name they log in with; the name is their `sub`. */
export interface Pupil {
  preferred_username?: string
  name?: string
  email?: string
  email_verified?: boolean
}

export interface IssuerOptions {
  /** Where browsers are sent back to. */
  redirectUri: string
  pupils: Record<string, Pupil>
}

const CLIENT = { id: 'tintype', secret: 'a secret between the two of them, long enough' }

/** A school's log-in, on this machine: a real OpenID provider, whose tokens a test may spoil on their way. */
export class OpenIdIssuer implements AsyncDisposable {
  readonly url: string
  readonly #server: Server
  readonly #port: number
  /** Who logs in without being asked; undefined: a page asks for the name. */
  who: string | undefined
  /** What becomes of an id token; see `resigned` and `forged`. */
  spoil: ((token: string) => string | Promise<string>) | undefined
  readonly #key: webcrypto.CryptoKey
  /** How often somebody had to log in. */
  logins = 0

  private constructor(port: number, key: webcrypto.CryptoKey, answer: (issuer: OpenIdIssuer) => Server) {
    this.url = `http://127.0.0.1:${port}`
    this.#port = port
    this.#key = key
    this.#server = answer(this)
  }

  static async start({ redirectUri, pupils }: IssuerOptions): Promise<OpenIdIssuer> {
    const [port = 0] = await freePorts(1)
    const pair = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(pair.privateKey)), kid: 'one', use: 'sig', alg: 'RS256' }
    const issuer = new OpenIdIssuer(port, pair.privateKey, (made) => {
      const provider = providerOf(made, { redirectUri, pupils, jwk })
      const answer = provider.callback()
      return createServer((request, response) => {
        if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
        void interact(made, provider, request, response)
      })
    })
    await issuer.open()
    return issuer
  }

  get settings(): Record<string, string> {
    return { OIDC_ISSUER: this.url, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret }
  }

  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** Nobody answers there until it is opened again. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** A browser of `who` at the address it was sent to; answers the query it comes back with. */
  async visit(url: string, who: string): Promise<string> {
    this.who = who
    const jar = new Map<string, string>()
    let at = new URL(url)
    for (let hops = 0; hops < 10 && at.origin === this.url; hops++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const reply = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const line of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        jar.set(name, value)
      }
      at = new URL(reply.headers.get('location') ?? 'none:', at)
    }
    return at.search.slice(1)
  }

  /** The token with other claims, signed as all of them are. */
  resigned(changes: JWTPayload): (token: string) => Promise<string> {
    return (token) =>
      new SignJWT({ ...payloadOf(token), ...changes })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(this.#key)
  }

  /** The token with other claims under the old signature. */
  forged(changes: JWTPayload): (token: string) => string {
    return (token) => {
      const [header, , signature] = token.split('.')
      const payload = Buffer.from(JSON.stringify({ ...payloadOf(token), ...changes })).toString('base64url')
      return `${header}.${payload}.${signature}`
    }
  }
}

const payloadOf = (token: string): JWTPayload =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

function providerOf(
  issuer: OpenIdIssuer,
  { redirectUri, pupils, jwk }: IssuerOptions & { jwk: object },
): Provider {
  const provider = new Provider(issuer.url, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['of the tests'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...pupils[id] }) }),
  })
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { id_token?: string } | undefined
    if (context.path === '/token' && issuer.spoil && body?.id_token)
      context.body = { ...body, id_token: await issuer.spoil(body.id_token) }
  })
  return provider
}

const PAGE = `<!doctype html><html lang="en"><title>Example School</title>
<h1>Example School</h1><form method="post"><label>Name <input name="name" autofocus></label><button>Continue</button></form>`

async function interact(
  issuer: OpenIdIssuer,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name !== 'login') {
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params.client_id),
    })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
  const name = issuer.who ?? (request.method === 'POST' ? await nameIn(request) : undefined)
  if (!name) return void response.setHeader('content-type', 'text/html').end(PAGE)
  issuer.logins++
  const result = name === 'nobody' ? { error: 'access_denied' } : { login: { accountId: name } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

async function nameIn(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text).get('name') ?? ''
}
