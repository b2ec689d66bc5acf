import websocket from '@fastify/websocket'
import {
  API_PREFIX,
  REALTIME_UNAUTHENTICATED,
  type RealtimeMessage,
  type SessionId,
  TintypeError,
} from '@tintype/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { Broadcast } from '../engines/broadcast/port.ts'
import type { Viewer } from '../gateway/binding.ts'
import { cookiePolicy, readCookie } from '../gateway/credentials.ts'
import type { Badge } from '../modules/module.ts'
import { type Connection, MemberSockets } from './member-sockets.ts'

export interface RealtimeParts {
  broadcast: Broadcast
  /** Throws a coded error where the token is not, or no longer, good. */
  authenticate(token: string): Viewer | Promise<Viewer>
  /** Calls back with sessions that end. */
  onSessionsEnded(listener: (ended: readonly SessionId[]) => void): Disposable
  badges: readonly Badge[]
  publicUrl: string
  /** Milliseconds between two signs of life asked of a socket. */
  heartbeatMs?: number
  /** Milliseconds a socket may take to say whose it is. */
  patienceMs?: number
}

/**
 * `WS /api/v1/realtime`, on whichever Fastify it is given. A socket says whose it is by `?access_token=`, by the web app's
 * cookie (from our own pages alone) or by a first frame `{"access_token": "…"}`; it is closed when its session ends or
 * its token runs out, and the app connects again with a new one.
 */
export function realtimePlugin(parts: RealtimeParts): (app: FastifyInstance) => Promise<void> {
  const { heartbeatMs = 30_000 } = parts
  const sockets = new MemberSockets(parts.broadcast, parts.badges)
  const alive = new Set<Session>()
  return async (app) => {
    // A frame that is too large, or none at all, is the caller's mistake: `ws` closes with 1009 or 1002, and that is all.
    await app.register(websocket, { options: { maxPayload: 4096 }, errorHandler: () => {} })
    app.route({
      method: 'GET',
      url: `${API_PREFIX}/realtime`,
      handler() {
        throw new TintypeError('bad_request', { message: 'This address is for WebSockets.' })
      },
      wsHandler(socket, request) {
        const session = new Session(socket, parts, sockets)
        alive.add(session)
        socket.on('close', () => alive.delete(session))
        session.begin(tokenOf(parts, request))
      },
    })
    const beat = setInterval(() => {
      for (const session of alive) session.beat()
    }, heartbeatMs)
    const hearing = await sockets.listen()
    // The news of a session's end may be among what was missed.
    parts.broadcast.onGap(() => {
      for (const session of alive) session.identifyAgain()
    })
    const listening = parts.onSessionsEnded((ended) =>
      sockets.closeSessions(ended, REALTIME_UNAUTHENTICATED, 'unauthorized'),
    )
    app.addHook('preClose', async () => {
      clearInterval(beat)
      listening[Symbol.dispose]()
      await hearing[Symbol.asyncDispose]()
    })
  }
}

/** Undefined: to come in the first frame. Browsers send cookies with sockets that other sites open, so those need our origin. */
function tokenOf({ publicUrl }: RealtimeParts, request: FastifyRequest): string | undefined {
  const { access_token } = request.query as { access_token?: unknown }
  if (typeof access_token === 'string') return access_token
  const cookies = cookiePolicy(publicUrl)
  const { origin, host } = request.headers
  const own =
    origin !== undefined && URL.canParse(origin) && [host, cookies.publicHost].includes(new URL(origin).host)
  return (own && readCookie(cookies, request, 'access')) || undefined
}

/**
 * One socket: waiting for a token -> authenticated -> closed. Only the second state is known to MemberSockets.
 */
class Session {
  readonly #socket: WebSocket
  readonly #parts: RealtimeParts
  readonly #sockets: MemberSockets
  readonly #impatience: NodeJS.Timeout
  #token: string | undefined
  #answered = true

  constructor(socket: WebSocket, parts: RealtimeParts, sockets: MemberSockets) {
    this.#socket = socket
    this.#parts = parts
    this.#sockets = sockets
    this.#impatience = setTimeout(() => this.#refuse('unauthorized'), parts.patienceMs ?? 10_000)
    socket.on('pong', () => {
      this.#answered = true
    })
    socket.on('close', () => clearTimeout(this.#impatience))
  }

  begin(token: string | undefined): void {
    if (token !== undefined) this.#enter(token)
    else this.#socket.once('message', (frame) => this.#enter(tokenIn(String(frame))))
  }

  /** Cuts a socket whose other end is gone, and one whose token is no longer good. */
  beat(): void {
    if (!this.#answered) {
      this.#socket.terminate()
      return
    }
    this.#answered = false
    this.#socket.ping()
    this.identifyAgain()
  }

  /** Closes a socket whose token is no longer good. Where that cannot be said now the next beat asks again. */
  identifyAgain(): void {
    if (this.#token === undefined) return
    this.#identify(this.#token).catch((error) => {
      if (codeOf(error) !== 'unavailable') this.#refuse(codeOf(error))
    })
  }

  /** Without a token it is refused like with a wrong one. */
  #enter(token: string | undefined): void {
    this.#admit(token ?? '').catch((error) => this.#refuse(codeOf(error)))
  }

  async #admit(token: string): Promise<void> {
    const { user_id, session_id } = await this.#identify(token)
    clearTimeout(this.#impatience)
    if (this.#socket.readyState !== this.#socket.OPEN) return
    const connection: Connection = { user_id, session_id, wire: this.#socket }
    this.#socket.on('close', () => this.#sockets.remove(connection))
    await this.#sockets.add(connection)
    // It may have ended while the channel was being opened.
    await this.#identify(token)
    this.#token = token
    const ready: RealtimeMessage = { type: 'ready', data: { user_id } }
    this.#socket.send(JSON.stringify(ready))
  }

  async #identify(token: string): Promise<Viewer> {
    return this.#parts.authenticate(token)
  }

  #refuse(reason: string): void {
    this.#socket.close(REALTIME_UNAUTHENTICATED, reason)
  }
}

function tokenIn(frame: string): string | undefined {
  try {
    const { access_token } = JSON.parse(frame)
    return typeof access_token === 'string' ? access_token : undefined
  } catch {
    return undefined
  }
}

const codeOf = (error: unknown): string => (error instanceof TintypeError ? error.code : 'unavailable')
