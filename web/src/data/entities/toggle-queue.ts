export interface Toggle<V, R> {
  /** Shows the intent at once. */
  apply: (want: V) => void
  send: (want: V) => Promise<R>
  /** The last intent was carried out. */
  settle: (result: R) => void
  /** It was not: take it back. */
  fail: (error: unknown) => void
}

interface Running {
  next: { want: unknown } | undefined
}

/**
 * One request in flight per thing. Pressing again meanwhile only changes what is sent after it, so ten quick presses
 * make at most two requests and the last one wins.
 */
export class ToggleQueue {
  readonly #running = new Map<string, Running>()

  /** Resolves when the thing is at rest; never rejects. */
  async request<V, R>(key: string, want: V, toggle: Toggle<V, R>): Promise<void> {
    toggle.apply(want)
    const running = this.#running.get(key)
    if (running) {
      running.next = { want }
      return
    }
    const mine: Running = { next: undefined }
    this.#running.set(key, mine)
    await this.#drain(mine, want, toggle).finally(() => this.#running.delete(key))
  }

  async #drain<V, R>(mine: Running, first: V, toggle: Toggle<V, R>): Promise<void> {
    for (let want = first; ; ) {
      const outcome = await toggle.send(want).then(
        (result) => () => toggle.settle(result),
        (error: unknown) => () => toggle.fail(error),
      )
      const next = mine.next
      mine.next = undefined
      if (next === undefined || next.want === want) return outcome()
      want = next.want as V
    }
  }
}

export const toggles = new ToggleQueue()
