import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserNetwork } from './network.ts'

let online = true
beforeEach(() => {
  online = true
  vi.useFakeTimers()
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online)
})
afterEach(() => vi.useRealTimers())

const live = () => new AbortController().signal
/** Tells whether a promise is settled yet. */
const watched = (promise: Promise<void>) => {
  const settled = vi.fn()
  promise.then(
    () => settled('resolved'),
    (reason: unknown) => settled(reason),
  )
  return settled
}

describe('waiting for the network', () => {
  it('takes no time where there is one', async () => {
    await expect(browserNetwork.online(live())).resolves.toBeUndefined()
    expect(browserNetwork.isOnline()).toBe(true)
  })

  it('ends when it is back', async () => {
    online = false
    const settled = watched(browserNetwork.online(live()))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(settled).not.toHaveBeenCalled()
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toHaveBeenCalledWith('resolved')
  })

  it('ends with the reason of who gives up, before or meanwhile', async () => {
    online = false
    await expect(browserNetwork.online(AbortSignal.abort('enough'))).rejects.toBe('enough')
    const control = new AbortController()
    const settled = watched(browserNetwork.online(control.signal))
    control.abort('later')
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toHaveBeenCalledWith('later')
  })
})

describe('a pause', () => {
  it('lasts as long as it says', async () => {
    const settled = watched(browserNetwork.pause(1000, live()))
    await vi.advanceTimersByTimeAsync(999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(settled).toHaveBeenCalledWith('resolved')
  })

  it('ends sooner when the network comes back, and then leaves nothing behind', async () => {
    const control = new AbortController()
    const settled = watched(browserNetwork.pause(1000, control.signal))
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toHaveBeenCalledWith('resolved')
    expect(vi.getTimerCount()).toBe(0)
    control.abort('too late')
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toHaveBeenCalledOnce()
  })
})
