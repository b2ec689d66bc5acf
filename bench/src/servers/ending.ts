/** What runs beside the benchmark and would outlive it (servers, and their databases below them): it is ended with it, however it ends. */
const running = new Set<() => Promise<unknown>>()
let interrupted = false

/** `end` may be called more than once. Answers how to say that it has ended before. */
export function endsWithBench(end: () => Promise<unknown>): () => void {
  running.add(end)
  return () => {
    running.delete(end)
  }
}

export async function endAll(): Promise<void> {
  await Promise.allSettled([...running].map((end) => end()))
}

export const isInterrupted = (): boolean => interrupted

/** Ctrl-C and the like end what runs in order, and then the benchmark; the same signal once more ends it at once. */
export function endOnSignals(): void {
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const)
    process.once(signal, async () => {
      interrupted = true
      await endAll()
      process.exit(128 + number)
    })
}
