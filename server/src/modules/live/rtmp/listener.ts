import { createServer, type Server, type Socket } from 'node:net'
import { type LiveId, TintypeError, type UserId } from '@tintype/contract'
import type { Logger } from '../../../kit/logger.ts'
import { lruOf } from '../../../kit/lru.ts'
import { Pace } from '../pace.ts'
import type { Source, SourceTerms } from '../source.ts'
import { Conversation } from './conversation.ts'

export interface RtmpDeps {
  logger: Logger
  /** Whose key it is. */
  ownerOf(key: string): Promise<UserId | undefined>
  /** The live that this member has open for what a program sends. */
  liveOf(member: UserId): Promise<LiveId | undefined>
  open(id: LiveId, terms: SourceTerms): Promise<Source>
}

/** Until a connection has said whose it is. */
const PATIENCE_MS = 10_000
const MOST_BEFORE_BYTES = 64 * 1024
/** Connections that have not said it yet: of one address, and of all. */
const MOST_STRANGERS_OF_ONE = 8
const MOST_STRANGERS = 100
/** Wrong keys of one address; then it is not listened to until the minute is over. */
const MOST_WRONG = 20
const MINUTE_MS = 60_000
/** A source that says nothing for so long is gone; after the shorter time another may take its place. */
const SILENT_MS = 10_000
const QUIET_MS = 5000
const LOOK_MS = 1000
/** Read on average, and what a slow line has to catch up with. */
const BYTES_PER_SECOND = 2 * 1024 * 1024
const AHEAD_SECONDS = 4
/** As if it were so long: a chunk of nothing is work, too. */
const LEAST_CHUNK_BYTES = 100
/** Answers that nobody takes. */
const MOST_UNHEARD_BYTES = 64 * 1024

const REFUSALS = {
  wrong: 'This stream key is not known here. Copy the one that Tintype shows, or make a new one.',
  none: 'Open a live for streaming software in Tintype first, then start to stream.',
  taken: 'Something is sent to this live already.',
  full: 'As many lives as this community can carry are under way. Try again later.',
  over: 'This live is over.',
  broken: 'What was sent could not be read.',
} as const

/** One program that sends. */
interface Connection {
  socket: Socket
  conversation: Conversation
  member?: UserId
  source?: Source
  /** Its source takes no more for now. */
  isFull: boolean
  goOn: () => void
  /** When something came last; while it waits for us, now. */
  last: number
  isReading: boolean
}

/** Takes what programs such as OBS send by RTMP, with a member's stream key. */
export class RtmpListener implements AsyncDisposable {
  readonly #deps: RtmpDeps
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  /** By whose they are; a member sends from one. */
  readonly #senders = new Map<UserId, Connection>()
  readonly #wrong = lruOf<string, { count: number; since: number }>(10_000)
  readonly #looking: NodeJS.Timeout

  constructor(deps: RtmpDeps) {
    this.#deps = deps
    this.#server = createServer({ noDelay: true }, (socket) => void this.#serve(socket))
    this.#looking = setInterval(() => this.#look(), LOOK_MS)
  }

  /** Where the port is taken, lives from programs are not there, and all else goes on. */
  async listen({ port, host }: { port: number; host: string }): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.on('error', (err) => {
      this.#deps.logger.warn({ err, port }, 'live video from programs (RTMP) cannot be taken')
      resolve()
    })
    this.#server.listen({ port, host }, resolve)
    await promise
  }

  get isListening(): boolean {
    return this.#server.listening
  }

  /** With a key that is good for nothing any more. */
  drop(member: UserId): void {
    this.#senders.get(member)?.socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#looking)
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const { socket } of this.#connections) socket.destroy()
    await closed
  }

  async #serve(socket: Socket): Promise<void> {
    const address = socket.remoteAddress ?? ''
    socket.on('error', () => socket.destroy())
    if (!this.#mayTry(address)) return void socket.destroy()
    const connection: Connection = {
      socket,
      conversation: new Conversation({
        send: (bytes) => {
          socket.write(bytes)
          if (socket.writableLength > MOST_UNHEARD_BYTES) socket.destroy()
        },
        publish: (key) => this.#publish(connection, key, address),
        film: (bytes) => {
          connection.isFull = connection.source?.write(bytes) === false
        },
      }),
      isFull: false,
      goOn: () => undefined,
      last: performance.now(),
      isReading: true,
    }
    this.#connections.add(connection)
    const impatience = setTimeout(() => connection.member ?? socket.destroy(), PATIENCE_MS)
    socket.on('close', () => connection.goOn())
    try {
      await this.#read(connection)
    } catch (err) {
      // It broke off, or said what is no RTMP.
      this.#deps.logger.debug({ err }, 'a program that sent live video was cut off')
    } finally {
      clearTimeout(impatience)
      this.#connections.delete(connection)
      if (connection.member && this.#senders.get(connection.member) === connection)
        this.#senders.delete(connection.member)
      connection.source?.close()
      socket.end()
      socket.destroySoon()
    }
  }

  /** As fast as it is taken and no faster than a live may be. */
  async #read(connection: Connection): Promise<void> {
    const { socket, conversation } = connection
    const pace = new Pace({ bytesPerSecond: BYTES_PER_SECOND, aheadSeconds: AHEAD_SECONDS })
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      connection.isReading = false
      const { chunks } = conversation
      if (!connection.source && socket.bytesRead > MOST_BEFORE_BYTES) return
      if (!(await conversation.hear(bytes))) return
      if (connection.isFull && !socket.destroyed)
        await new Promise<void>((resolve) => {
          connection.goOn = resolve
        })
      const worth = Math.max(bytes.length, LEAST_CHUNK_BYTES * (conversation.chunks - chunks))
      const ms = pace.take(worth, performance.now())
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
      connection.last = performance.now()
      connection.isReading = true
    }
  }

  /** Whoever has a live open and its key, unless another of theirs sends. Answers why not. */
  async #publish(connection: Connection, key: string, address: string): Promise<string | undefined> {
    const member = await this.#deps.ownerOf(key)
    if (!member) {
      this.#noteWrong(address)
      return REFUSALS.wrong
    }
    const id = await this.#deps.liveOf(member)
    if (!id) return REFUSALS.none
    const before = this.#senders.get(member)
    if (before && !isQuiet(before, QUIET_MS)) return REFUSALS.taken
    before?.socket.destroy()
    this.#senders.set(member, connection)
    connection.member = member
    // One that is renewed from now on finds this connection; one that was meanwhile did not.
    if ((await this.#deps.ownerOf(key)) !== member) return REFUSALS.wrong
    try {
      connection.source = await this.#deps.open(id, {
        format: 'flv',
        onClosed: (code) => {
          connection.conversation.end(code === 'live_ended' ? REFUSALS.over : REFUSALS.broken)
          connection.socket.destroySoon()
        },
      })
      connection.source.onDrain(() => {
        connection.isFull = false
        connection.goOn()
      })
      return undefined
    } catch (error) {
      const code = error instanceof TintypeError ? error.code : ''
      if (code === 'live_full') return REFUSALS.full
      if (code === 'live_fed_already') return REFUSALS.taken
      if (code === 'live_ended') return REFUSALS.over
      throw error
    }
  }

  #mayTry(address: string): boolean {
    const wrong = this.#wrong.get(address)
    if (wrong && wrong.count >= MOST_WRONG && performance.now() - wrong.since < MINUTE_MS) return false
    const strangers = [...this.#connections].filter(({ member }) => !member)
    const own = strangers.filter(({ socket }) => socket.remoteAddress === address)
    return strangers.length < MOST_STRANGERS && own.length < MOST_STRANGERS_OF_ONE
  }

  #noteWrong(address: string): void {
    const now = performance.now()
    const wrong = this.#wrong.get(address)
    const isOld = !wrong || now - wrong.since >= MINUTE_MS
    this.#wrong.set(address, isOld ? { count: 1, since: now } : { ...wrong, count: wrong.count + 1 })
  }

  #look(): void {
    for (const connection of this.#connections)
      if (isQuiet(connection, SILENT_MS)) connection.socket.destroy()
  }
}

/** Who is not listened to is not silent. */
const isQuiet = ({ isReading, last }: Connection, ms: number): boolean =>
  isReading && performance.now() - last > ms
