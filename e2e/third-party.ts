import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Metadata {
  authorization_endpoint: string
  token_endpoint: string
  registration_endpoint: string
}

/**
 * An app that somebody else has written: it knows a community's address and the RFCs, finds the rest by itself, logs people in with PKCE and
 * shows their home. `/` logs in, `/home` reads again with the token that it has.
 */
export class ThirdParty implements AsyncDisposable {
  readonly #community: string
  readonly #server: Server
  #metadata: Metadata | undefined
  #clientId = ''
  #verifier = ''
  #token = ''

  private constructor(community: string) {
    this.#community = community
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
    })
  }

  static async start(community: string): Promise<ThirdParty> {
    const app = new ThirdParty(community)
    await new Promise<void>((resolve) => app.#server.listen(0, '127.0.0.1', resolve))
    await app.#register()
    return app
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Its own port is not known beforehand, so it registers an address without one. */
  async #register(): Promise<void> {
    const found = await fetch(`${this.#community}/.well-known/oauth-authorization-server`)
    this.#metadata = (await found.json()) as Metadata
    const reply = await fetch(this.#metadata.registration_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Darkroom Printer',
        redirect_uris: ['http://127.0.0.1/callback'],
        token_endpoint_auth_method: 'none',
        scope: 'read write',
      }),
    })
    this.#clientId = ((await reply.json()) as { client_id: string }).client_id
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url)
    if (pathname === '/') {
      response.writeHead(303, { location: this.#logIn() }).end()
      return
    }
    if (pathname === '/callback' && searchParams.has('code'))
      this.#token = await this.#exchange(searchParams.get('code') ?? '')
    const said = searchParams.get('error') ?? (await this.#home())
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>Printer</title><main>${said}</main>`)
  }

  #logIn(): string {
    this.#verifier = randomBytes(32).toString('base64url')
    const url = new URL(this.#metadata?.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      client_id: this.#clientId,
      redirect_uri: `${this.url}/callback`,
      response_type: 'code',
      scope: 'read',
      // What an address would not keep if it were read as a number.
      state: '12345678901234567890',
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString()
    return url.href
  }

  async #exchange(code: string): Promise<string> {
    const reply = await fetch(this.#metadata?.token_endpoint ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: this.#clientId,
        code,
        redirect_uri: `${this.url}/callback`,
        code_verifier: this.#verifier,
      }),
    })
    return ((await reply.json()) as { access_token: string }).access_token
  }

  /** Captions of the member's home; a code where it is refused. */
  async #home(): Promise<string> {
    const headers = { authorization: `Bearer ${this.#token}` }
    const reply = await fetch(`${this.#community}/api/v1/feed/home`, { headers })
    const { data, error } = (await reply.json()) as { data?: { caption: string }[]; error?: { code: string } }
    return error?.code ?? `Home: ${data?.map(({ caption }) => caption).join(', ')}`
  }
}
