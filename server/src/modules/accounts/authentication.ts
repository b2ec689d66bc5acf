import { holdsRole, type SessionId, TintypeError } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { lruOf } from '../../kit/lru.ts'
import type { AppGrants } from '../apps/api.ts'
import { readRole } from './account-store.ts'
import * as sessions from './session-store.ts'
import type { Tokens } from './tokens.ts'

const CHANNEL = 'users.sessions'
/** Sessions that ended, or (`reread`) something about whose members changed. */
interface SessionNews {
  ended?: readonly SessionId[]
  reread?: true
}

export type EndedListener = (ended: readonly SessionId[]) => void

interface Known {
  /** Null: of an app in nobody's name. */
  viewer: Viewer | null
  session_id: SessionId
  /** Of the token; ms since 1970. */
  expires: number
  /** From then on the session is looked up again, so that no loss of news lasts. */
  recheck: number
}

const KNOWN_TOKENS = 100_000

/**
 * Says whose a token is. A token this process has met costs one look into a map; a new one costs its signature and one read of
 * its session. Sessions that end are told to every process at once. What apps were allowed is remembered, and ends, in the same way.
 */
export class Authentication {
  readonly #deps: AuthenticationDeps
  readonly #known = lruOf<string, Known>(KNOWN_TOKENS)
  /** Session ids are never used again, so an entry is true for ever; the bound only limits memory. */
  readonly #ended = lruOf<SessionId, true>(KNOWN_TOKENS)
  readonly #asking = new Map<string, Promise<Viewer | null>>()
  readonly #listeners = new Set<EndedListener>()
  /** Counts how often everything was forgotten: what was read before that is not to be remembered after it. */
  #round = 0
  #subscription: Promise<AsyncDisposable> | undefined

  constructor(deps: AuthenticationDeps) {
    this.#deps = deps
    deps.broadcast.onGap(this.#forget)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#subscription)?.[Symbol.asyncDispose]()
  }

  /** Calls back with sessions that end, in whatever process. */
  onSessionsEnded(listener: EndedListener): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  /** Throws `token_expired` or `unauthorized`. */
  authenticate = (token: string): Viewer | null | Promise<Viewer | null> => {
    const known = this.#known.get(token)
    if (known !== undefined) {
      const now = this.#deps.clock.now()
      if (known.expires <= now) throw new TintypeError('token_expired')
      if (known.recheck > now && !this.#ended.has(known.session_id)) return known.viewer
    }
    return this.#ask(token)
  }

  /**
   * Ends what other processes know of these sessions too. To be called once their rows are gone; the fact, `user.sessions_ended`, has it
   * called again. A Broadcast that fails fails nobody's log-out, and holds it up for as long as `publish` takes at most.
   */
  async tellEnded(ended: readonly SessionId[]): Promise<void> {
    if (ended.length > 0) await this.#tell({ ended })
  }

  /** Has every process look sessions up again: a role has changed. */
  tellReread(): Promise<void> {
    return this.#tell({ reread: true })
  }

  async #tell(news: SessionNews): Promise<void> {
    this.#hear(news)
    await this.#deps.broadcast.publish(CHANNEL, news).catch(() => {})
  }

  #hear(news: SessionNews): void {
    const { ended = [] } = news
    for (const id of ended) this.#ended.set(id, true)
    if (ended.length > 0) for (const listener of this.#listeners) listener(ended)
    if (news.reread) this.#forget()
  }

  #forget = (): void => {
    this.#known.clear()
    this.#round++
  }

  /** Resolves once this process hears of what others do; nothing may be remembered before. */
  #listening(): Promise<AsyncDisposable> {
    this.#subscription ??= this.#deps.broadcast
      .subscribe(CHANNEL, (news) => this.#hear(news as SessionNews))
      .catch((error: unknown) => {
        this.#subscription = undefined
        throw error
      })
    return this.#subscription
  }

  /** Many requests that bring one new token at once ask once. */
  #ask(token: string): Promise<Viewer | null> {
    const running = this.#asking.get(token)
    if (running) return running
    const isApp = this.#deps.apps.isOne(token)
    const asked = (isApp ? this.#lookUpApp(token) : this.#lookUpSession(token)).finally(() =>
      this.#asking.delete(token),
    )
    this.#asking.set(token, asked)
    return asked
  }

  async #lookUpSession(token: string): Promise<Viewer | null> {
    const claims = this.#deps.tokens.readAccess(token)
    if (!claims) throw new TintypeError('unauthorized')
    if (claims.expires <= this.#deps.clock.now()) throw new TintypeError('token_expired')
    const { user_id, session_id, expires } = claims
    return this.#remember(token, async (now) => {
      const session = await sessions.readLiveSession(this.#deps.db.query, claims, new Date(now))
      return session && { viewer: { user_id, session_id, role: session.role }, session_id, expires }
    })
  }

  /** An app acts as a member, or where it was allowed to, as a moderator; never as an admin or the owner. */
  #lookUpApp(token: string): Promise<Viewer | null> {
    const { apps, db, clock } = this.#deps
    return this.#remember(token, async () => {
      const found = await apps.find(token)
      if (!found) return undefined
      const { user_id, session_id, scopes, expires } = found
      if (expires <= clock.now()) throw new TintypeError('token_expired')
      if (user_id === null) return { viewer: null, session_id, expires }
      const role = await readRole(db.query, user_id)
      if (role === undefined) return undefined
      const isModerator = scopes.has('moderation') && holdsRole(role, 'moderator')
      const viewer: Viewer = { user_id, session_id, role: isModerator ? 'moderator' : 'member', scopes }
      return { viewer, session_id, expires }
    })
  }

  async #remember(
    token: string,
    find: (now: number) => Promise<Omit<Known, 'recheck'> | undefined>,
  ): Promise<Viewer | null> {
    const { clock, sessionTtl } = this.#deps
    await this.#listening()
    const round = this.#round
    const now = clock.now()
    const found = await find(now)
    // News of its end may have come while the read was under way.
    if (!found || this.#ended.has(found.session_id)) {
      this.#known.delete(token)
      throw new TintypeError('unauthorized')
    }
    if (round === this.#round) this.#known.set(token, { ...found, recheck: now + sessionTtl * 1000 })
    return found.viewer
  }
}

export interface AuthenticationDeps {
  db: Db
  clock: Clock
  broadcast: Broadcast
  tokens: Tokens
  apps: Pick<AppGrants, 'find' | 'isOne'>
  /** Seconds for which a session is believed without looking it up. */
  sessionTtl: number
}
