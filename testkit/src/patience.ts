import { afterAll, vi } from 'vitest'

/**
 * What `vi.waitFor` waits for may take ten seconds unless a test says how long: a second is a lot on a quiet machine and nothing on one
 * that does three other things. It looks often, so a test takes no longer for it.
 */
const { waitFor } = vi
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: 10_000, interval: 5, ...options })
// The next file of this worker brings its own.
afterAll(() => {
  vi.waitFor = waitFor
})
