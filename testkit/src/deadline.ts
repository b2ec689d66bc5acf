import { availableParallelism, loadavg } from 'node:os'

/** For `vi.waitFor`: what is promised within a second. A machine that is busy with other things proves nothing, so there it may take longer. */
export function withinASecond(): { timeout: number; interval: number } {
  const isBusy = (loadavg()[0] ?? 0) > 2 * availableParallelism()
  return { timeout: isBusy ? 5000 : 1000, interval: 2 }
}
