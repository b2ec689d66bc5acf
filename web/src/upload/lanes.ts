/** Runs at most so many tasks at a time; the others wait in the order they came. */
export interface Lanes {
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export function createLanes(width: number): Lanes {
  let free = width
  const waiting: (() => void)[] = []

  const enter = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const handleTurn = () => {
        signal.removeEventListener('abort', handleAbort)
        resolve()
      }
      const handleAbort = () => {
        waiting.splice(waiting.indexOf(handleTurn), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', handleAbort, { once: true })
      waiting.push(handleTurn)
    })
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return {
    async run(task, signal) {
      await enter(signal)
      try {
        return await task()
      } finally {
        leave()
      }
    },
  }
}
