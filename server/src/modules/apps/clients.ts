import { timingSafeEqual } from 'node:crypto'
import type { Client } from '@node-oauth/oauth2-server'
import type { AppId, Scope } from '@tintype/contract'
import { isUuid } from '../../kit/cursor.ts'
import { type AppRow, readApp } from './app-store.ts'
import type { AppsDeps } from './deps.ts'

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** An app as the library knows it. */
export interface KnownClient extends Client {
  id: AppId
  redirectUris: string[]
  grants: string[]
  scopes: Scope[]
  isConfidential: boolean
}

/** Apps as they present themselves. */
export class Clients {
  readonly #deps: Pick<AppsDeps, 'db' | 'tokens'>

  constructor(deps: Pick<AppsDeps, 'db' | 'tokens'>) {
    this.#deps = deps
  }

  async find(id: string): Promise<KnownClient | undefined> {
    const row = await this.#read(id)
    return row && known(row)
  }

  /** One that keeps a secret has to say it; one that keeps none, none. */
  async proven(id: string, secret: string | undefined): Promise<KnownClient | undefined> {
    const row = await this.#read(id)
    if (!row) return undefined
    if (row.secret_hash === null) return secret ? undefined : known(row)
    const given = Buffer.from(this.#deps.tokens.strings.hash(secret ?? ''))
    return timingSafeEqual(given, Buffer.from(row.secret_hash)) ? known(row) : undefined
  }

  async #read(id: string): Promise<AppRow | undefined> {
    return isUuid(id) ? readApp(this.#deps.db.query, id as AppId) : undefined
  }
}

const known = ({ app_id, redirect_uris, scopes, secret_hash }: AppRow): KnownClient => ({
  id: app_id,
  redirectUris: redirect_uris,
  scopes,
  isConfidential: secret_hash !== null,
  grants: [
    'authorization_code',
    'refresh_token',
    DEVICE_GRANT,
    // Who keeps no secret cannot say who it is.
    ...(secret_hash === null ? [] : ['client_credentials']),
  ],
})
