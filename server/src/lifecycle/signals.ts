const asked = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A terminal and npm both pass a Ctrl-C on: what comes within so many milliseconds is one and the same wish. */
const sameWishMs = 500

/** Resolves with the first signal that asks the process to end; one that comes later, while it does, calls `force`. */
export function stopSignal(force: () => void): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let first: number | undefined
  const handle = (signal: string) => {
    const now = performance.now()
    if (first === undefined) {
      first = now
      resolve(signal)
    } else if (now - first > sameWishMs) force()
  }
  for (const signal of asked) process.on(signal, handle)
  return promise
}
