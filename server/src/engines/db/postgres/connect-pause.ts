/** Milliseconds in which nobody tries again, after so many failures in a row. */
const pauseAfter = (failures: number) => Math.min(250, 20 * 2 ** failures)

/**
 * `connect`, but for a while after a failure everybody is told of that instead: a server that recovers has better things to do than to refuse
 * connections (twenty places that each tried for themselves asked 80 times while it did, each time a new process).
 */
export function withPause<Args extends unknown[], C>(
  connect: (...args: Args) => Promise<C>,
): (...args: Args) => Promise<C> {
  let failure: unknown
  let failures = 0
  let pausedUntil = 0
  return async (...args) => {
    if (performance.now() < pausedUntil) throw failure
    // Whoever is first tries for all.
    if (failures > 0) pausedUntil = performance.now() + pauseAfter(failures)
    try {
      const connection = await connect(...args)
      failures = 0
      pausedUntil = 0
      return connection
    } catch (error) {
      failure = error
      pausedUntil = performance.now() + pauseAfter(++failures)
      throw error
    }
  }
}
