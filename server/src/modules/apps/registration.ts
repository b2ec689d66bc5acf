import OAuth2Server from '@node-oauth/oauth2-server'
import { appLimits, isScope, NewApp, scopes, TintypeError, tidyText } from '@tintype/contract'
import { valid } from '../../gateway/validation.ts'
import { deleteUnclaimed, insertApp, keepUnclaimed } from './app-store.ts'
import { DEVICE_GRANT } from './clients.ts'
import type { AppsDeps } from './deps.ts'
import type { Developer } from './developer.ts'

export interface RegistrationDeps extends Pick<AppsDeps, 'clock' | 'db'> {
  developer: Pick<Developer, 'made'>
}

/** An app that nobody allowed anything for so long is forgotten. */
const UNCLAIMED_MS = 7 * 86_400_000

const isNewApp = valid(NewApp)
const metadataError = (name: 'invalid_client_metadata' | 'invalid_redirect_uri', message: string) =>
  new OAuth2Server.OAuthError(message, { code: 400, name })

/** Apps that make themselves known (RFC 7591). Anybody can, so there are so many at most: of those that nobody uses the oldest make room. */
export class Registration {
  readonly #deps: RegistrationDeps

  constructor(deps: RegistrationDeps) {
    this.#deps = deps
  }

  async register(metadata: Record<string, unknown>): Promise<object> {
    const { db, developer } = this.#deps
    const wish = wishOf(metadata)
    const { row, client_secret } = made(() => developer.made(null, wish))
    await insertApp(db.query, row)
    await keepUnclaimed(db.query, appLimits.unclaimed)
    return {
      client_id: row.app_id,
      client_id_issued_at: Math.floor(row.created_at.getTime() / 1000),
      ...(client_secret ? { client_secret, client_secret_expires_at: 0 } : {}),
      client_name: row.name,
      ...(row.website ? { client_uri: row.website } : {}),
      redirect_uris: row.redirect_uris,
      scope: row.scopes.join(' '),
      grant_types: ['authorization_code', 'refresh_token', DEVICE_GRANT],
      response_types: ['code'],
      token_endpoint_auth_method: client_secret ? methodOf(metadata) : 'none',
    }
  }

  forgetUnclaimed = (): Promise<void> =>
    deleteUnclaimed(this.#deps.db.query, new Date(this.#deps.clock.now() - UNCLAIMED_MS))
}

const methods = ['none', 'client_secret_basic', 'client_secret_post']
const methodOf = ({
  token_endpoint_auth_method: method = 'client_secret_basic',
}: Record<string, unknown>): string => {
  if (typeof method === 'string' && methods.includes(method)) return method
  throw metadataError('invalid_client_metadata', `token_endpoint_auth_method must be ${methods.join(' or ')}`)
}

/** What we know of it is kept; a client may send more than a server knows. */
function wishOf(metadata: Record<string, unknown>): NewApp {
  const { client_name, client_uri = null, redirect_uris = [], scope } = metadata
  const wanted = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : ['read']
  const wish = {
    name: typeof client_name === 'string' ? tidyText(client_name, 'line') : client_name,
    website: client_uri,
    redirect_uris,
    scopes: scopes.filter((one) => wanted.includes(one)),
    confidential: methodOf(metadata) !== 'none',
  }
  if (!wanted.every(isScope)) throw metadataError('invalid_client_metadata', `scope: ${scopes.join(' ')}`)
  if (isNewApp(wish)) return wish as NewApp
  throw metadataError(
    'invalid_client_metadata',
    'client_name, client_uri, redirect_uris or scope is not as it should be',
  )
}

function made<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TintypeError) throw metadataError('invalid_redirect_uri', error.message)
    throw error
  }
}
