/** Whether there is a network, and a way to wait for it. */
export interface Network {
  isOnline(): boolean
  /** Resolves once online, at once where it is; rejects with the signal's reason. */
  online(signal: AbortSignal): Promise<void>
  /** Resolves after `ms`, sooner when the network comes back. */
  pause(ms: number, signal: AbortSignal): Promise<void>
}

export const browserNetwork: Network = {
  isOnline: () => navigator.onLine,
  online: (signal) => (navigator.onLine ? Promise.resolve() : nextOnline(signal)),
  pause: (ms, signal) => nextOnline(signal, ms),
}

function nextOnline(signal: AbortSignal, timeout?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const timer = timeout === undefined ? undefined : setTimeout(() => finish(resolve), timeout)
    const handleOnline = () => finish(resolve)
    const handleAbort = () => finish(() => reject(signal.reason))
    const finish = (then: () => void) => {
      clearTimeout(timer)
      removeEventListener('online', handleOnline)
      signal.removeEventListener('abort', handleAbort)
      then()
    }
    addEventListener('online', handleOnline)
    signal.addEventListener('abort', handleAbort)
  })
}
