import { createHash, randomBytes } from 'node:crypto'
import { type AppRequest, createClient, type NewApp, type RegisteredApp, type Scope } from '@tintype/contract'
import { Live, type Person } from '@tintype/testkit'

export interface Tokens {
  access_token: string
  refresh_token: string
  expires_in: number
  scope: string
  token_type: string
}
export interface Refusal {
  error: string
  error_description: string
}
export type Reply = Tokens & Refusal & Record<string, unknown>

export const CALLBACK = 'https://printer.example/callback'
export const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

/** What a call came to: `fine`, or the code it was refused with, and the scope it wanted. */
export const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error) => [error.code, error.details?.scope].filter(Boolean).join(' '),
  )

/** A program that somebody else has written: it knows the RFCs and the address. */
export class ThirdParty {
  readonly baseUrl: string
  readonly id: string
  readonly secret: string | null

  constructor(baseUrl: string, { app, client_secret }: RegisteredApp) {
    this.baseUrl = baseUrl
    this.id = app.app_id
    this.secret = client_secret
  }

  static async madeBy(person: Person, wish: Partial<NewApp> = {}): Promise<ThirdParty> {
    const all: Scope[] = ['read', 'write', 'follow', 'messages', 'push', 'moderation']
    const body = {
      name: 'Printer',
      website: null,
      redirect_uris: [CALLBACK],
      scopes: all,
      confidential: false,
      ...wish,
    }
    return new ThirdParty(person.baseUrl, await person.api.developer.register({ body }))
  }

  /** A form, as the RFCs have it; the app says who it is unless the form does. */
  async post(path: string, form: Record<string, string>): Promise<{ status: number; body: Reply }> {
    const own = { client_id: this.id, ...(this.secret ? { client_secret: this.secret } : {}) }
    const reply = await fetch(`${this.baseUrl}/oauth/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...own, ...form }),
    })
    return { status: reply.status, body: (await reply.json()) as Reply }
  }

  /** What is asked of a member, and what only the app knows of it. */
  request(scope = 'read', more: Partial<AppRequest> = {}): { asked: AppRequest; verifier: string } {
    const verifier = randomBytes(32).toString('base64url')
    const code_challenge = createHash('sha256').update(verifier).digest('base64url')
    const asked = {
      client_id: this.id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope,
      state: 'abc',
      code_challenge,
      code_challenge_method: 'S256',
      ...more,
    }
    return { asked, verifier }
  }

  /** The member says yes; answers the code with which they come back. */
  async codeOf(member: Person, asked: AppRequest): Promise<string> {
    const { redirect_to } = await member.api.apps.answer({ body: { ...asked, allow: true } })
    return new URL(redirect_to).searchParams.get('code') ?? redirect_to
  }

  redeem(code: string, verifier: string, more: Record<string, string> = {}) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier }
    return this.post('token', { ...form, ...more })
  }

  refresh = (refresh_token: string) => this.post('token', { grant_type: 'refresh_token', refresh_token })

  /** All of it: asked, allowed, exchanged. */
  async logIn(member: Person, scope = 'read'): Promise<Tokens> {
    const { asked, verifier } = this.request(scope)
    return (await this.redeem(await this.codeOf(member, asked), verifier)).body
  }

  /** The API with a token. */
  as = (token: string, baseUrl = this.baseUrl) =>
    createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${token}` }) })
}

/** A socket with a token. */
export async function socketOf(baseUrl: string, token: string): Promise<Live> {
  const live = new Live(`${baseUrl.replace('http', 'ws')}/api/v1/realtime?access_token=${token}`)
  await live.next('ready')
  return live
}

/** All that a member can do with apps, and leaves behind. */
export async function usesApps(member: Person, other: Person): Promise<void> {
  const own = await ThirdParty.madeBy(member, { confidential: true })
  await own.post('token', { grant_type: 'client_credentials' })
  await own.logIn(other)
  const theirs = await ThirdParty.madeBy(other)
  await theirs.logIn(member)
  await theirs.codeOf(member, theirs.request().asked)
  const { body } = await theirs.post('device', {})
  await member.api.apps.answerDevice({ body: { user_code: String(body.user_code), allow: true } })
  await member.api.developer.createToken({ body: { name: 'Script', scopes: ['read'], days: null } })
}
