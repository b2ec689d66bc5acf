import { Client, type ClientConfig, type Notification, type Submittable } from 'pg'
import { ConnectionLost, connectError, isReadOnly, isStalePlan, NotConnected } from './errors.ts'
import { DescribingQuery, type Prepared, PreparedQuery, type Rows, type Statements } from './statement.ts'

export interface ConnectionOptions {
  client: ClientConfig
  /** Whether a server that speaks no TLS will do where `client` asks for it. */
  isEncryptionOptional: boolean
  statements: Statements
  /** Milliseconds after which PostgreSQL itself gives a statement up. */
  statementTimeoutMs: number
  /** Whether PostgreSQL is at work for that session right now, as another connection tells. */
  isAtWork(pid: number): Promise<boolean>
  /** The server takes no writes: it was the primary once. */
  onReadOnly(): void
}

/** Milliseconds to connect in. */
export const CONNECT_MS = 5000
/** Milliseconds between two looks at a connection. Turns are counted, not time: a process that was stopped has missed one. */
const TURN_MS = 1000
/** Turns without an answer after which a connection is looked into. */
const QUIET = 3

/**
 * One connection, from its making to its loss; it is never made anew, so that what was sent over it is answered over it or lost with it, and
 * nothing that was never sent can pass for done. Statements are pipelined. One that gives no answer is ended:
 *
 * - idle for three turns: it is sent `select 1`, which has three more;
 * - owing an answer for three turns: ended if twice running PostgreSQL is not at work for it, so the answer or the question was lost;
 * - owing one for longer than a statement may take: ended, whatever the reason.
 */
export class Connection {
  /** Settled once nothing is left of it. */
  readonly closed: Promise<void>
  onNotification: (notification: Notification) => void = () => {}
  readonly #options: ConnectionOptions
  readonly #client: Client
  readonly #prepared: Prepared = new Map()
  readonly #turns: NodeJS.Timeout
  #loss: Error | undefined
  #isRetired = false
  #underWay = 0
  #answers = 0
  /** Turns since it was last answered, or sent something after that. */
  #quiet = 0
  #isProbing = false
  #isAsking = false
  #isMissed = false
  #describing: Promise<unknown> | undefined

  static async open(options: ConnectionOptions): Promise<Connection> {
    const client = new Client({ ...options.client, pipeline: true, connectionTimeoutMillis: CONNECT_MS })
    // Each loss is told to what is under way, and by `end`.
    client.on('error', () => {})
    try {
      await client.connect()
    } catch (error) {
      client.connection.stream.destroy()
      if (options.isEncryptionOptional && options.client.ssl && isPlain(error))
        return Connection.open({ ...options, client: { ...options.client, ssl: false } })
      throw connectError(error)
    }
    return new Connection(client, options)
  }

  private constructor(client: Client, options: ConnectionOptions) {
    this.#client = client
    this.#options = options
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#turns = setInterval(() => this.#turn(), TURN_MS).unref()
    client.on('notification', (notification) => this.onNotification(notification))
    client.on('error', (error) => this.#lose(error))
    client.on('end', () => {
      this.#lose(new Error('the connection has ended'))
      resolve()
    })
  }

  /** Whether new work may be given to it. */
  get isUsable(): boolean {
    return !this.#isRetired && !this.#loss
  }

  /** Settles once PostgreSQL has done it. Rejects with ConnectionLost where that is not known, with NotConnected where it was not sent. */
  run(text: string, parameters: readonly unknown[] = []): Promise<Rows> {
    const statement = this.#options.statements.of(text, parameters)
    const { formats } = statement
    if (!formats || this.#describing) return this.#runDescribed(text, parameters)
    return new Promise((resolve, reject) => {
      const values = parameters.map((value, index) =>
        value === null || value === undefined ? null : (formats[index] ?? String)(value),
      )
      const query = new PreparedQuery(statement, values, this.#prepared, (error) => {
        this.#settled(error)
        if (error) reject(error)
        else resolve(query.result)
      })
      this.#send(query)
    })
  }

  /** Gives it no new work; it closes once it owes nothing. */
  retire(): void {
    this.#isRetired = true
    this.#closeIfDone()
  }

  /** Closes it once it owes nothing, and after so many milliseconds whatever it owes. */
  async end(ms: number): Promise<void> {
    const impatience = setTimeout(() => this.destroy(new Error('it was closed')), ms)
    this.retire()
    await this.closed
    clearTimeout(impatience)
  }

  destroy(reason: Error): void {
    this.#lose(reason)
    this.#client.connection.stream.destroy()
  }

  /** The types of its parameters are asked for first, and what comes behind it waits for that, so that the order stays. */
  async #runDescribed(text: string, parameters: readonly unknown[]): Promise<Rows> {
    while (this.#describing) await this.#describing.catch(() => {})
    const statement = this.#options.statements.of(text, parameters)
    if (!statement.formats) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      this.#describing = promise
      try {
        this.#send(
          new DescribingQuery(statement, (error) => {
            this.#settled(error)
            if (error) reject(error)
            else resolve()
          }),
        )
        await promise
      } finally {
        this.#describing = undefined
      }
    }
    return this.run(text, parameters)
  }

  #send(query: Submittable): void {
    if (this.#loss) throw new NotConnected(this.#loss)
    if (this.#underWay++ === 0) this.#quiet = 0
    this.#client.query(query)
  }

  #settled(error: unknown): void {
    this.#underWay--
    this.#answers++
    this.#quiet = 0
    this.#isMissed = false
    if (isReadOnly(error)) this.#options.onReadOnly()
    if (isStalePlan(error)) this.#isRetired = true
    this.#closeIfDone()
  }

  #closeIfDone(): void {
    if (this.#isRetired && this.#underWay === 0 && !this.#loss) this.#client.end().catch(() => {})
  }

  #lose(reason: Error): void {
    this.#loss ??= reason
    clearInterval(this.#turns)
  }

  #turn(): void {
    if (++this.#quiet < QUIET) return
    if (this.#underWay === 0) this.#probe()
    else if (this.#isProbing || this.#quiet * TURN_MS > this.#options.statementTimeoutMs + QUIET * TURN_MS)
      this.destroy(new Error('it gave no answer'))
    else void this.#askAfter()
  }

  /** Not inside a transaction, whose idleness PostgreSQL bounds. */
  #probe(): void {
    if (this.#client.getTransactionStatus() !== 'I') return
    this.#isProbing = true
    this.run('select 1')
      .catch(() => {})
      .finally(() => {
        this.#isProbing = false
      })
  }

  async #askAfter(): Promise<void> {
    if (this.#isAsking) return
    const { processID } = this.#client as unknown as { processID: number }
    const before = this.#answers
    this.#isAsking = true
    const isAtWork = await this.#options.isAtWork(processID).catch(() => true)
    this.#isAsking = false
    if (this.#answers !== before || this.#loss) return
    if (this.#isMissed && !isAtWork) this.destroy(new ConnectionLost('its answer was lost'))
    this.#isMissed = !isAtWork
  }
}

const isPlain = (error: unknown) => error instanceof Error && error.message.includes('does not support SSL')
