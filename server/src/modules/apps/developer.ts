import { randomBytes } from 'node:crypto'
import {
  type App,
  type AppChange,
  type AppId,
  appLimits,
  type NewApp,
  type RegisteredApp,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import * as store from './app-store.ts'
import { sessionOf } from './app-tokens.ts'
import type { AppsDeps } from './deps.ts'
import { deleteClientTokens } from './grant-store.ts'
import type { Grants } from './grants.ts'
import { isRedirectUri } from './redirects.ts'
import { inOrder } from './scopes.ts'

export interface DeveloperDeps extends Pick<AppsDeps, 'accounts' | 'clock' | 'db' | 'outbox' | 'tokens'> {
  grants: Pick<Grants, 'endOf'>
}

/** What members do who make apps. */
export class Developer {
  readonly #deps: DeveloperDeps

  constructor(deps: DeveloperDeps) {
    this.#deps = deps
  }

  async apps(userId: UserId): Promise<App[]> {
    const { query } = this.#deps.db
    const ids = await store.madeBy(query, userId)
    const rows = new Map((await store.readApps(query, ids)).map((row) => [row.app_id, row]))
    return ids.flatMap((id) => {
      const row = rows.get(id)
      return row ? [shown(row)] : []
    })
  }

  async register(userId: UserId, wish: NewApp): Promise<RegisteredApp> {
    const { db } = this.#deps
    const { row, client_secret } = this.made(userId, wish)
    await db.tx(async (tx) => {
      if (!(await store.noteMade(tx, userId, row.app_id, appLimits.perMember)))
        throw new TintypeError('too_many_apps')
      await store.insertApp(tx, row)
    })
    return { app: shown(row), client_secret }
  }

  /** Not kept yet. */
  made(owner_id: UserId | null, wish: NewApp): { row: store.AppRow; client_secret: string | null } {
    const { clock, tokens } = this.#deps
    const client_secret = wish.confidential ? newSecret() : null
    const row = {
      app_id: newId<AppId>(clock),
      owner_id,
      ...words(wish),
      secret_hash: client_secret && tokens.strings.hash(client_secret),
      created_at: new Date(clock.now()),
    }
    return { row, client_secret }
  }

  async change(owner_id: UserId, app_id: AppId, change: AppChange): Promise<App> {
    const row = await store.updateApp(this.#deps.db.query, { app_id, owner_id }, words(change))
    if (!row) throw new TintypeError('not_found')
    return shown(row)
  }

  async renewSecret(owner_id: UserId, app_id: AppId): Promise<RegisteredApp> {
    const { db, tokens } = this.#deps
    const client_secret = newSecret()
    const row = await store.replaceSecret(db.query, { app_id, owner_id }, tokens.strings.hash(client_secret))
    if (row) return { app: shown(row), client_secret }
    const ids = await store.madeBy(db.query, owner_id)
    throw new TintypeError(ids.includes(app_id) ? 'conflict' : 'not_found')
  }

  /** The fact has what it was allowed ended also where this process dies before it has. */
  async remove(userId: UserId, app_id: AppId): Promise<void> {
    const { db, outbox, accounts, grants } = this.#deps
    const ended = await db.tx(async (tx) => {
      const tokens = await deleteClientTokens(tx, app_id)
      if (!(await store.deleteApp(tx, userId, app_id))) throw new TintypeError('not_found')
      await outbox.append(tx, [{ type: 'app.removed', payload: { app_id } }])
      return tokens
    })
    await accounts.tellEnded(ended.map(sessionOf))
    await grants.endOf(app_id)
  }

  /** Whoever made them has left. */
  async erase(userId: UserId, signal: AbortSignal): Promise<void> {
    for (const app_id of await store.madeBy(this.#deps.db.query, userId)) {
      signal.throwIfAborted()
      await this.remove(userId, app_id)
    }
  }
}

const newSecret = (): string => `tts_${randomBytes(32).toString('base64url')}`

/** What is said of an app, looked at. */
function words({ name, website, redirect_uris, scopes }: AppChange) {
  const wrong = redirect_uris.find((uri) => !isRedirectUri(uri))
  if (wrong !== undefined)
    throw new TintypeError('redirect_uri_invalid', { details: { redirect_uri: wrong } })
  return { name, website, redirect_uris, scopes: inOrder(scopes) }
}

const shown = (row: store.AppRow): App => ({
  app_id: row.app_id,
  name: row.name,
  website: row.website,
  redirect_uris: row.redirect_uris,
  confidential: row.secret_hash !== null,
  scopes: row.scopes,
  created_at: row.created_at.toISOString(),
})
