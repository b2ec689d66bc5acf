/**
 * The last result made from an array, for as long as the array lives and is asked for under the same stamp. A skeleton's
 * page is the same array until something about it changes, so most reads need neither judge nor rank it again.
 */
export class Memo<Stamp, Result> {
  readonly #results = new WeakMap<readonly unknown[], { stamp: Stamp; result: Result }>()

  get(from: readonly unknown[], stamp: Stamp, make: () => Result): Result {
    const known = this.#results.get(from)
    if (known?.stamp === stamp) return known.result
    const result = make()
    this.#results.set(from, { stamp, result })
    if (result instanceof Promise) result.catch(() => this.#results.delete(from))
    return result
  }
}
