import { backoffMs } from '../../../kit/retry.ts'
import type { Connection } from './connection.ts'
import { mapError } from './errors.ts'

interface Listening {
  channel: string
  handler: (payload: string) => void
  onGap: (() => void) | undefined
}

/** Hears channels over a connection of its own, which is made anew until it is well again; each then hears of the gap. */
export class Listener {
  readonly #connect: () => Promise<Connection>
  readonly #all = new Set<Listening>()
  #connection: Promise<Connection> | undefined
  #timer: NodeJS.Timeout | undefined
  #isEnded = false

  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect
  }

  /** Resolves once the channel is heard. */
  async listen(listening: Listening): Promise<AsyncDisposable> {
    this.#all.add(listening)
    try {
      this.#connection ??= this.#begin()
      const connection = await this.#connection
      await connection.run(`listen ${quoted(listening.channel)}`)
    } catch (error) {
      this.#all.delete(listening)
      throw mapError(error)
    }
    return { [Symbol.asyncDispose]: () => this.#unlisten(listening) }
  }

  async end(ms: number): Promise<void> {
    this.#isEnded = true
    clearTimeout(this.#timer)
    const connection = await this.#connection?.catch(() => undefined)
    await connection?.end(ms)
  }

  async #unlisten(listening: Listening): Promise<void> {
    this.#all.delete(listening)
    if ([...this.#all].some(({ channel }) => channel === listening.channel)) return
    const connection = await this.#connection?.catch(() => undefined)
    // Where the connection is gone, nothing is heard.
    await connection?.run(`unlisten ${quoted(listening.channel)}`).catch(() => {})
  }

  async #begin(): Promise<Connection> {
    try {
      const connection = await this.#connect()
      connection.onNotification = ({ channel, payload = '' }) => {
        for (const listening of this.#all) if (listening.channel === channel) listening.handler(payload)
      }
      void connection.closed.then(() => this.#again(1))
      return connection
    } catch (error) {
      this.#connection = undefined
      throw error
    }
  }

  #again(attempt: number): void {
    this.#connection = undefined
    if (this.#isEnded || this.#all.size === 0) return
    this.#timer = setTimeout(
      () => {
        this.#resume().catch(() => this.#again(attempt + 1))
      },
      backoffMs(attempt, 20, 250),
    )
  }

  async #resume(): Promise<void> {
    const heard = [...this.#all]
    this.#connection = this.#begin()
    const connection = await this.#connection
    try {
      for (const channel of new Set(heard.map((one) => one.channel)))
        await connection.run(`listen ${quoted(channel)}`)
    } catch {
      // Its loss begins this again.
      return connection.destroy(new Error('it could not listen'))
    }
    for (const { onGap } of heard) onGap?.()
  }
}

const quoted = (channel: string) => `"${channel.replaceAll('"', '""')}"`
