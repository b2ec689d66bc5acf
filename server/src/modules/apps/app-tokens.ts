import type { AppId, GrantId, Scope, SessionId, UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Vault } from '../../kit/vault.ts'
import { deleteCodes } from './code-store.ts'
import { deleteAnswered } from './device-store.ts'
import { deleteGrants, findClientToken, findToken, noteUse, readGrantName } from './grant-store.ts'
import { isAppToken, TokenStrings } from './token-strings.ts'

/** What a token of an app's gives. */
export interface AppToken {
  /** Null: nobody's; the app is a visitor. */
  user_id: UserId | null
  grant_id: GrantId
  /** The same: by it a token ends, as sessions do. */
  session_id: SessionId
  app_id: AppId | null
  scopes: ReadonlySet<Scope>
  /** Milliseconds since 1970. */
  expires: number
}

/** Seconds between two notes that a grant is in use. */
const USE_NOTED = 3600

/** Grants are to the rest what sessions are: what ends a member's sessions ends them, and by an id of the same kind. */
export const sessionOf = (id: GrantId): SessionId => id as string as SessionId

/** What is known of tokens below accounts, which ask for it where they meet one, and end them with a member's sessions. */
export class AppTokens {
  readonly strings: TokenStrings
  readonly isOne = isAppToken
  readonly #db: Db
  readonly #clock: Clock

  constructor({ db, clock, secret, vault }: { db: Db; clock: Clock; secret: string; vault: Vault }) {
    this.#db = db
    this.#clock = clock
    this.strings = new TokenStrings(secret, vault)
  }

  /** Undefined for what is not, or no longer, there. One read and, once an hour of use, one write. */
  async find(token: string): Promise<AppToken | undefined> {
    const said = this.strings.read(token, 'access', 'personal', 'client')
    if (!said) return undefined
    const token_hash = this.strings.hash(token)
    if (said.kind === 'client') return this.#findClient(said.holder as AppId, token_hash)
    const user_id = said.holder as UserId
    const found = await findToken(this.#db.query, { user_id, token_hash }, 'access')
    if (!found) return undefined
    const { grant_id, app_id, scopes, expires_at } = found
    const now = this.#clock.now()
    const grant = { user_id, grant_id }
    await noteUse(this.#db.query, grant, new Date(now), new Date(now - USE_NOTED * 1000))
    return {
      user_id,
      grant_id,
      session_id: sessionOf(grant_id),
      app_id,
      scopes: new Set(scopes),
      expires: expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
    }
  }

  /** What the app, or the member's own token, is called that was let in; undefined: it has ended. */
  named(user_id: UserId, grant_id: GrantId): Promise<{ name: string; app_id: AppId | null } | undefined> {
    return readGrantName(this.#db.query, { user_id, grant_id })
  }

  /** All that a member has allowed, in the transaction of what ends their sessions; who tells of those tells of these. */
  async endIn(tx: Tx, userId: UserId): Promise<SessionId[]> {
    await deleteCodes(tx, userId)
    await deleteAnswered(tx, userId)
    return (await deleteGrants(tx, userId)).map(sessionOf)
  }

  async #findClient(app_id: AppId, token_hash: string): Promise<AppToken | undefined> {
    const found = await findClientToken(this.#db.query, { app_id, token_hash })
    return (
      found && {
        user_id: null,
        grant_id: found.token_id,
        session_id: sessionOf(found.token_id),
        app_id,
        scopes: new Set(['read']),
        expires: found.expires_at.getTime(),
      }
    )
  }
}
