/** One thing that is to happen later; setting it again puts it off. */
export class Alarm {
  #timer: ReturnType<typeof setTimeout> | undefined

  get isSet(): boolean {
    return this.#timer !== undefined
  }

  set(ms: number, ring: () => unknown): void {
    this.stop()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      ring()
    }, ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
