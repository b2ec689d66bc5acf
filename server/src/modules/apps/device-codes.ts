import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import OAuth2Server from '@node-oauth/oauth2-server'
import { type AskingApp, type Scope, TintypeError, type UserId } from '@tintype/contract'
import type { Asking } from './asking.ts'
import type { Bearer } from './bearer.ts'
import type { KnownClient } from './clients.ts'
import type { AppsDeps } from './deps.ts'
import * as store from './device-store.ts'
import { deviceSeconds, pollSeconds } from './lifetimes.ts'

export interface DeviceCodesDeps extends Pick<AppsDeps, 'clock' | 'db' | 'tokens'> {
  asking: Pick<Asking, 'shown'>
}

/** Neither vowels, so that no word comes of it, nor letters that are taken for one another (RFC 8628, 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8

/** Log-in for what has no browser: it shows a code, which its member types elsewhere. */
export class DeviceCodes {
  readonly #deps: DeviceCodesDeps

  constructor(deps: DeviceCodesDeps) {
    this.#deps = deps
  }

  async begin(client: KnownClient, scopes: Scope[]): Promise<{ device_code: string; user_code: string }> {
    const { db, clock, tokens } = this.#deps
    for (let tries = 0; tries < 5; tries++) {
      const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
      const device_code = `ttd_${code}${randomBytes(32).toString('base64url')}`
      const isNew = await store.insertDevice(db.query, {
        user_code_hash: this.#hashOf(code),
        device_hash: tokens.strings.hash(device_code),
        app_id: client.id,
        scopes,
        expires_at: new Date(clock.now() + deviceSeconds * 1000),
      })
      if (isNew) return { device_code, user_code: `${code.slice(0, 4)}-${code.slice(4)}` }
    }
    throw new TintypeError('unavailable')
  }

  async asked(userCode: string): Promise<AskingApp> {
    const row = await store.readDevice(this.#deps.db.query, this.#hashOf(userCode))
    if (row?.state !== 'waiting' || row.expires_at.getTime() <= this.#deps.clock.now())
      throw new TintypeError('device_code_unknown')
    const app = await this.#deps.asking.shown(row.app_id, row.scopes)
    if (!app) throw new TintypeError('device_code_unknown')
    return app
  }

  async answer(user_id: UserId, userCode: string, allow: boolean): Promise<void> {
    const { db, clock } = this.#deps
    const answer = { user_id, state: allow ? 'allowed' : 'denied', now: new Date(clock.now()) } as const
    if (!(await store.answerDevice(db.query, this.#hashOf(userCode), answer)))
      throw new TintypeError('device_code_unknown')
  }

  /** What the member has answered. Rejects with what RFC 8628 says to a device that asks too early, too often or too late. */
  async ask(deviceCode: string, client: KnownClient): Promise<{ bearer: Bearer; scopes: Scope[] }> {
    const { db, clock, tokens } = this.#deps
    const row = await store.readDevice(db.query, this.#hashOf(deviceCode.slice(4, 4 + LENGTH)))
    const device_hash = tokens.strings.hash(deviceCode)
    if (!row || row.app_id !== client.id || !isSame(row.device_hash, device_hash))
      throw new OAuth2Server.InvalidGrantError('Invalid grant: this code is not known')
    const now = clock.now()
    if (row.expires_at.getTime() <= now) throw deviceError('expired_token')
    if (row.state === 'denied') throw deviceError('access_denied')
    // A second's grace: what waits for five seconds as it is told to may arrive a little early.
    const times = { now: new Date(now), since: new Date(now - (pollSeconds - 1) * 1000) }
    if (!(await store.notePoll(db.query, row.user_code_hash, times))) throw deviceError('slow_down')
    if (row.state === 'waiting' || row.user_id === null) throw deviceError('authorization_pending')
    const device = { user_code_hash: row.user_code_hash, device_hash }
    return { bearer: { user_id: row.user_id, device }, scopes: row.scopes }
  }

  #hashOf = (code: string): string =>
    this.#deps.tokens.strings.hash(code.toUpperCase().replaceAll(/[^A-Z]/g, ''))
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const deviceErrors = {
  authorization_pending: 'The member has not answered yet',
  slow_down: `Ask every ${pollSeconds} seconds at most`,
  access_denied: 'The member said no',
  expired_token: 'The code is over: ask for another',
}
const deviceError = (name: keyof typeof deviceErrors) =>
  new OAuth2Server.OAuthError(deviceErrors[name], { code: 400, name })

/** The grant of RFC 8628, in the form in which the library takes one. */
export function deviceGrant(codes: Pick<DeviceCodes, 'ask'>): typeof OAuth2Server.AbstractGrantType {
  return class DeviceGrant extends OAuth2Server.AbstractGrantType {
    async handle(request: OAuth2Server.Request, client: OAuth2Server.Client) {
      const code: unknown = request.body.device_code
      if (typeof code !== 'string')
        throw new OAuth2Server.InvalidRequestError('Missing parameter: `device_code`')
      const { bearer, scopes } = await codes.ask(code, client as KnownClient)
      const token = {
        accessToken: await this.generateAccessToken(client, bearer, scopes),
        accessTokenExpiresAt: this.getAccessTokenExpiresAt(),
        refreshToken: await this.generateRefreshToken(client, bearer, scopes),
        refreshTokenExpiresAt: this.getRefreshTokenExpiresAt(),
        scope: scopes,
        client,
        user: bearer,
      }
      return (this as unknown as { model: OAuth2Server.BaseModel }).model.saveToken(token, client, bearer)
    }
  }
}
