import {
  closeCodes,
  type ErrorCode,
  messages,
  type Reach,
  type RealtimeMessage,
  reaches,
  type SessionId,
  TintypeError,
  TOPICS_PER_SOCKET,
  type TopicKind,
  type TopicName,
  topics,
  type UserId,
} from '@tintype/contract'
import type { WebSocket } from 'ws'
import type { Viewer } from '../../gateway/binding.ts'
import type { Authenticate } from '../../gateway/gate.ts'
import type { Clock } from '../../kit/clock.ts'
import { Bucket } from './bucket.ts'
import type { Position } from './cursor.ts'
import type { Listener, MemberStreams, Said } from './member-streams.ts'
import type { Guest } from './room.ts'
import type { TopicRooms } from './topic-rooms.ts'

export interface SessionDeps {
  streams: MemberStreams
  rooms: TopicRooms
  position: Position
  frames: { read(session: Session, bytes: unknown, isBinary: boolean): void }
  clock: Clock
  /** Throws a coded error where the token is not, or no longer, good. */
  authenticate: Authenticate
  /** Open sockets that a member may have in this process. */
  perMember: number
  /** Milliseconds a socket may take to say whose it is. */
  patienceMs: number
  /** Milliseconds over which sockets come back that were lost together. */
  spreadMs(): number
}

/** What a socket asks for by its address. */
export interface Asked {
  /** The cursor where the client left off. */
  resume: string | undefined
  /** Whom the page shows; undefined: whoever it is. */
  member: string | undefined
}

/** Bytes that may wait for a socket. One that takes nothing any more is closed; the app connects again and goes on. */
const MAX_WAITING = 256 * 1024
/** Milliseconds in which a socket that is closed for being too slow may still take what waits. */
const LAST_MS = 5000
/** Frames of all kinds. Who comes back subscribes to all their topics at once. */
const FRAMES = { burst: 200, per: 60_000 }

/** One socket: waiting for a token -> authenticated -> ready -> closed. Streams and rooms know it only while it is ready. */
export class Session implements Guest, Listener {
  readonly #socket: WebSocket
  readonly #deps: SessionDeps
  #impatience: NodeJS.Timeout | undefined
  #token: string | undefined
  #viewer: Viewer | undefined
  /** By name; the value tells one attempt to join from the next. */
  #topics: Map<TopicName, object> | undefined
  #all: Bucket | undefined
  #limits: Map<string, Bucket> | undefined
  #answered = true
  #isClosed = false

  constructor(socket: WebSocket, deps: SessionDeps) {
    this.#socket = socket
    this.#deps = deps
  }

  get user_id(): UserId {
    return this.viewer.user_id
  }

  get session_id(): SessionId {
    return this.viewer.session_id
  }

  get viewer(): Viewer {
    if (!this.#viewer) throw new TintypeError('unauthorized')
    return this.#viewer
  }

  /** `token` undefined: to come in the first frame. */
  begin(token: string | undefined, asked: Asked): void {
    this.#impatience = setTimeout(() => this.#refuse('unauthorized'), this.#deps.patienceMs)
    this.#socket.on('pong', () => {
      this.#answered = true
    })
    if (token !== undefined) this.#enter(token, asked)
    else this.#socket.once('message', (frame) => this.#enter(tokenIn(String(frame)), asked))
  }

  /** Cuts a socket whose other end is gone, and one whose token is no longer good. */
  beat(): void {
    if (this.#isClosed) return
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

  say({ type, text }: Said, seq: number): void {
    // What a newer process says is unknown here: it is for the member's own sessions alone.
    if (!this.reaches(messages[type]?.scope ?? 'never')) return
    this.#send(`${text.slice(0, -1)},"cursor":"${this.#deps.position.cursor(seq)}"}`)
  }

  tell(message: RealtimeMessage, where: { topic?: TopicName; seq?: number } = {}): void {
    const { topic, seq } = where
    const cursor = seq === undefined ? undefined : this.#deps.position.cursor(seq)
    this.#send(JSON.stringify({ ...message, topic, cursor }))
  }

  /** The client fetches what it shows, and goes on from here. */
  tellMissed(): void {
    if (this.#viewer) this.tell({ type: 'missed', data: {} }, { seq: this.#deps.position.now })
  }

  endWith(ended: ReadonlySet<SessionId>): void {
    if (this.#viewer && ended.has(this.#viewer.session_id)) this.#refuse('unauthorized')
  }

  close(reason: keyof typeof closeCodes): void {
    this.#end(closeCodes[reason].code, reason)
  }

  /** The process stops. */
  goAway(): void {
    this.#end(1001, 'going_away')
  }

  /** Once the socket is closed, by whomever. */
  ended(): void {
    this.#isClosed = true
    clearTimeout(this.#impatience)
    const { streams, rooms } = this.#deps
    if (!this.#viewer) return
    streams.remove(this)
    for (const name of this.topics()) rooms.leave(this, name)
  }

  /** A frame of this kind is refused where it comes too often; too many of all kinds close the socket. */
  spend(kind: string, perMinute: number, multiplier: number): void {
    if (multiplier === 0) return
    const now = this.#deps.clock.now()
    const scaled = (burst: number) => Math.max(1, Math.round(burst * multiplier))
    this.#all ??= new Bucket(scaled(FRAMES.burst), now)
    if (!this.#all.take(scaled(FRAMES.burst), FRAMES.per, now)) this.close('too_many_frames')
    this.#limits ??= new Map()
    const limit = this.#limits.get(kind) ?? new Bucket(scaled(perMinute), now)
    this.#limits.set(kind, limit)
    if (this.#isClosed || !limit.take(scaled(perMinute), 60_000, now)) throw new TintypeError('rate_limited')
  }

  topics(): Iterable<TopicName> {
    return this.#topics?.keys() ?? []
  }

  hasJoined(name: TopicName): boolean {
    return this.#topics?.has(name) ?? false
  }

  async join(name: TopicName, resume: string | undefined): Promise<void> {
    const { rooms, position } = this.#deps
    this.#topics ??= new Map()
    if (this.#topics.has(name)) this.leave(name)
    if (this.#topics.size >= TOPICS_PER_SOCKET) return this.#notIn(name, 'too_many_topics')
    const kind = topics[name.slice(0, name.indexOf(':')) as TopicKind]
    if (kind && !this.reaches(kind.scope)) return this.#notIn(name, 'scope_missing')
    const attempt = {}
    this.#topics.set(name, attempt)
    try {
      await rooms.join(this, name, position.read(resume))
    } catch (error) {
      if (this.#topics.get(name) === attempt) this.putOut(name, codeOf(error))
    }
  }

  leave(name: TopicName): void {
    if (this.#topics?.delete(name)) this.#deps.rooms.leave(this, name)
  }

  putOut(name: TopicName, code: ErrorCode): void {
    if (this.#topics?.delete(name)) this.#notIn(name, code)
  }

  #notIn(topic: TopicName, code: ErrorCode): void {
    this.tell({ type: 'unsubscribed', data: { code } }, { topic })
  }

  /** Without a token it is refused like with a wrong one. */
  #enter(token: string | undefined, asked: Asked): void {
    this.#admit(token ?? '', asked).catch((error) => this.#refuse(codeOf(error)))
  }

  async #admit(token: string, { resume, member }: Asked): Promise<void> {
    const { streams, perMember, frames } = this.#deps
    const { user_id } = await this.#identify(token)
    if (member !== undefined && member !== user_id) throw new TintypeError('other_member')
    clearTimeout(this.#impatience)
    await streams.open(user_id)
    // It may have ended while the channel was being opened.
    const viewer = await this.#identify(token)
    if (this.#isClosed || this.#socket.readyState !== this.#socket.OPEN) return
    if (streams.count(user_id) >= perMember) return this.close('too_many_connections')
    this.#viewer = viewer
    this.#token = token
    this.#greet(resume)
    this.#socket.on('message', (data, isBinary) => frames.read(this, data, isBinary))
  }

  /** In one turn, so that nothing that is said comes before it, twice or not at all. */
  #greet(resume: string | undefined): void {
    const { streams, position, spreadMs } = this.#deps
    const after = position.read(resume)
    const missed = streams.add(this, after)
    const seq = missed ? after : position.now
    const data = { user_id: this.user_id, resumed: missed !== undefined, spread_ms: spreadMs() }
    this.tell({ type: 'ready', data }, seq === undefined ? {} : { seq })
    for (const { value, seq } of missed ?? []) this.say(value, seq)
  }

  /** Whether its token was allowed so much; a session of the member's own is. */
  reaches(wanted: Reach): boolean {
    const scopes = this.#viewer?.scopes
    return scopes === undefined || reaches(scopes, wanted)
  }

  async #identify(token: string): Promise<Viewer> {
    const viewer = await this.#deps.authenticate(token)
    if (!viewer) throw new TintypeError('unauthorized')
    return viewer
  }

  #send(text: string): void {
    if (this.#isClosed) return
    if (this.#socket.bufferedAmount <= MAX_WAITING) {
      this.#socket.send(text)
      return
    }
    this.close('too_slow')
    setTimeout(() => this.#socket.terminate(), LAST_MS).unref()
  }

  #refuse(reason: ErrorCode): void {
    this.#end(closeCodes.unauthenticated.code, reason)
  }

  /** From here on it hears nothing. */
  #end(code: number, reason: string): void {
    if (this.#isClosed) return
    this.ended()
    this.#socket.close(code, reason)
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

export const codeOf = (error: unknown): ErrorCode =>
  error instanceof TintypeError ? error.code : 'unavailable'
