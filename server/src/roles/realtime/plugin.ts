import { randomInt } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import websocket from '@fastify/websocket'
import { API_PREFIX, type SessionId, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { cookiePolicy, readCookie } from '../../gateway/credentials.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { upgradesTo } from '../../kit/upgrades.ts'
import type { Badge } from '../../modules/module.ts'
import type { SocketParts } from '../../modules/sockets.ts'
import { Position } from './cursor.ts'
import { FrameReader } from './frames.ts'
import { MemberStreams } from './member-streams.ts'
import { type Asked, Session, type SessionDeps } from './session.ts'
import { TopicRooms } from './topic-rooms.ts'

export interface RealtimeParts {
  broadcast: Broadcast
  clock: Clock
  logger: Logger
  /** Throws a coded error where the token is not, or no longer, good. */
  authenticate: SessionDeps['authenticate']
  /** Calls back with sessions that end. */
  onSessionsEnded(listener: (ended: readonly SessionId[]) => void): Disposable
  badges: readonly Badge[]
  sockets: readonly SocketParts[]
  publicUrl: string
  /** Open sockets a member may have in this process. */
  perMember: number
  /** Scales the limits of frames; 0 turns them off. */
  rateLimitMultiplier: number
  /** Milliseconds between two signs of life asked of a socket. */
  heartbeatMs?: number
  /** Milliseconds a socket may take to say whose it is. */
  patienceMs?: number
}

/** A beat goes round in so many turns, so that not all sockets are asked at once. */
const TURNS = 30
/** Milliseconds by which each open socket lengthens the time over which all come back. */
const SPREAD_PER_SOCKET = 5
/** Milliseconds between two looks whether this process hears again. */
const LISTEN_MS = 500

/**
 * `WS /api/v1/realtime`, on whichever Fastify it is given; docs/realtime.md says how it is spoken. A socket says whose it is by
 * `?access_token=`, by the web app's cookie (from our own pages alone) or by a first frame `{"access_token": "…"}`. With `?member=` it is
 * refused where it is somebody else's.
 */
export function realtimePlugin(parts: RealtimeParts): (app: FastifyInstance) => Promise<void> {
  const gateway = new Gateway(parts)
  return async (app) => {
    await app.register(websocket, {
      options: { maxPayload: 4096, server: upgradesTo(app.server, API_PREFIX) },
      // A frame that is too large, or none at all, is the caller's mistake: `ws` closes with 1009 or 1002, and that is all.
      errorHandler: () => {},
      preClose(done) {
        gateway.goAway()
        done()
      },
    })
    app.route({
      method: 'GET',
      url: `${API_PREFIX}/realtime`,
      handler() {
        throw new TintypeError('bad_request', { message: 'This address is for WebSockets.' })
      },
      wsHandler(socket, request) {
        const { resume, member } = request.query as { resume?: unknown; member?: unknown }
        letGo(socket, request)
        gateway.take(socket, tokenOf(parts, request), { resume: textOf(resume), member: textOf(member) })
      },
    })
    const running = await gateway.start()
    app.addHook('preClose', () => running[Symbol.asyncDispose]())
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

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
 * A socket lives for hours, and the request that opened it need not: the plugin's listener holds it, and Node's socket the response
 * that never is one. That is a third of what an open socket takes.
 */
function letGo(socket: Socket, { raw }: FastifyRequest): void {
  socket.removeAllListeners('error')
  socket.on('error', ignore)
  const connection: typeof raw.socket & { _httpMessage?: ServerResponse | null } = raw.socket
  connection._httpMessage?.detachSocket(connection)
}
const ignore = () => {}

type Socket = ConstructorParameters<typeof Session>[0]

/** All sockets of this process. */
class Gateway {
  readonly #parts: RealtimeParts
  readonly #position = new Position()
  readonly #streams: MemberStreams
  readonly #rooms: TopicRooms
  readonly #deps: SessionDeps
  readonly #turns = Array.from({ length: TURNS }, () => new Set<Session>())
  #turn = 0
  #isDeaf = false

  constructor(parts: RealtimeParts) {
    this.#parts = parts
    const position = this.#position
    this.#streams = new MemberStreams({ ...parts, position })
    this.#rooms = new TopicRooms({
      ...parts,
      position,
      topics: parts.sockets.flatMap(({ topics }) => topics ?? []),
      guestsOf: (member) => this.#streams.of(member) as ReadonlySet<Session>,
      onPutOut: (guest, topic, code) => (guest as Session).putOut(topic, code),
    })
    this.#deps = {
      streams: this.#streams,
      rooms: this.#rooms,
      position,
      frames: new FrameReader({ ...parts, handlers: parts.sockets.flatMap(({ frames }) => frames ?? []) }),
      clock: parts.clock,
      authenticate: parts.authenticate,
      perMember: parts.perMember,
      patienceMs: parts.patienceMs ?? 10_000,
      spreadMs: () => this.#turns.reduce((sum, { size }) => sum + size, 0) * SPREAD_PER_SOCKET,
    }
  }

  async start(): Promise<AsyncDisposable> {
    const { broadcast, onSessionsEnded, heartbeatMs = 30_000 } = this.#parts
    await using starting = new AsyncDisposableStack()
    starting.use(await this.#streams.listen())
    starting.use(await this.#rooms.listen())
    broadcast.onGap(() => this.#missNews())
    starting.use(onSessionsEnded((ended) => this.#endSessions(new Set(ended))))
    starting.adopt(
      setInterval(() => this.#beat(), heartbeatMs / TURNS),
      (timer) => clearInterval(timer),
    )
    return starting.move()
  }

  take(socket: Socket, token: string | undefined, asked: Asked): void {
    const session = new Session(socket, this.#deps)
    const turn = this.#turns[randomInt(TURNS)]
    turn?.add(session)
    socket.on('close', () => {
      turn?.delete(session)
      session.ended()
    })
    session.begin(token, asked)
  }

  goAway(): void {
    for (const session of this.#all()) session.goAway()
  }

  *#all(): Iterable<Session> {
    for (const turn of this.#turns) yield* turn
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % TURNS
    for (const session of this.#turns[this.#turn] ?? []) session.beat()
    if (this.#turn > 0) return
    this.#streams.sweep()
    this.#rooms.sweep()
  }

  #endSessions(ended: ReadonlySet<SessionId>): void {
    for (const session of this.#all()) session.endWith(ended)
  }

  /** What was said meanwhile is lost, the end of a session among it perhaps. Apps fetch once there is news again. */
  #missNews(): void {
    this.#forget()
    for (const session of this.#all()) session.identifyAgain()
    if (this.#isDeaf) return
    this.#isDeaf = true
    const look = () => {
      if (!this.#parts.broadcast.isHearing) return void setTimeout(look, LISTEN_MS).unref()
      this.#isDeaf = false
      this.#forget()
      for (const session of this.#all()) session.tellMissed()
    }
    look()
  }

  #forget(): void {
    this.#position.renew()
    this.#streams.forget()
    this.#rooms.forget()
  }
}
