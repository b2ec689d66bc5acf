/** Milliseconds between two beats, and how many turns without one say that this process does not hear. */
const BEAT_MS = 2000
const MISSED = 2

export interface PulseOptions {
  /** Sends something that comes back to this process by the way that all messages take. */
  beat(): Promise<void>
  /** Runs at every turn at which nothing is heard. */
  onSilence(): void
}

/**
 * Knows whether this process hears: what it sends itself must come back. Turns are counted, not time: a process that was stopped, or busy for
 * long, has missed one.
 */
export class Pulse {
  #missed = 0
  #isAnswered = true
  #isBeating = false
  readonly #options: PulseOptions
  #timer: NodeJS.Timeout | undefined

  constructor(options: PulseOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.#turn(), BEAT_MS).unref()
  }

  get isHearing(): boolean {
    return this.#missed < MISSED
  }

  /** Something of this process's own came back. */
  heard(): void {
    this.#missed = 0
    this.#isAnswered = true
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #turn(): void {
    this.#missed = this.#isAnswered ? 0 : this.#missed + 1
    this.#isAnswered = false
    if (!this.isHearing) this.#options.onSilence()
    if (this.#isBeating) return
    this.#isBeating = true
    this.#options
      .beat()
      .catch(() => {})
      .finally(() => {
        this.#isBeating = false
      })
  }
}
