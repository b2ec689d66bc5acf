import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dismissToast, toasts } from '../ui/toast.ts'
import { registerServiceWorker } from './register.ts'

class FakeWorker extends EventTarget {
  state = 'installing'
  postMessage = vi.fn()
  become(state: string) {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}
class FakeRegistration extends EventTarget {
  active: FakeWorker | null = null
  installing: FakeWorker | null = null
  waiting: FakeWorker | null = null
  find(worker: FakeWorker) {
    this.installing = worker
    this.dispatchEvent(new Event('updatefound'))
  }
}
class FakeContainer extends EventTarget {
  controller: object | null = null
  register = vi.fn(async (_path: string): Promise<FakeRegistration> => new FakeRegistration())
}

let container: FakeContainer
const offered = () => toasts.get().map(({ action }) => action?.label)
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubEnv('PROD', true)
  container = new FakeContainer()
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: container })
})
afterEach(() => {
  for (const { id } of toasts.get()) dismissToast(id)
  vi.useRealTimers()
  vi.unstubAllEnvs()
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

describe('the first worker', () => {
  it('is registered, and offers nothing', async () => {
    registerServiceWorker()
    await settle()
    expect(container.register).toHaveBeenCalledExactlyOnceWith('/sw.js')
    expect(offered()).toEqual([])
  })

  it('that could not be installed is tried again, four times in all', async () => {
    container.register.mockImplementation(async () => {
      const registration = new FakeRegistration()
      registration.installing = new FakeWorker()
      setTimeout(() => registration.installing?.become('redundant'), 10)
      return registration
    })
    registerServiceWorker()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(container.register).toHaveBeenCalledTimes(4)
  })

  it('is tried again where it did not come at all', async () => {
    container.register.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    registerServiceWorker()
    await vi.advanceTimersByTimeAsync(5000)
    expect(container.register).toHaveBeenCalledTimes(2)
  })

  it('is none while one develops, and where the browser knows none', async () => {
    vi.stubEnv('PROD', false)
    registerServiceWorker()
    vi.stubEnv('PROD', true)
    Reflect.deleteProperty(navigator, 'serviceWorker')
    registerServiceWorker()
    await settle()
    expect(container.register).not.toHaveBeenCalled()
  })
})

describe('a new version', () => {
  it('is offered once it is there, and taken when the member says so', async () => {
    const registration = new FakeRegistration()
    registration.active = new FakeWorker()
    container.controller = {}
    container.register.mockResolvedValue(registration)
    registerServiceWorker()
    await settle()
    const next = new FakeWorker()
    registration.find(next)
    expect(offered()).toEqual([])
    next.become('installed')
    expect(offered()).toEqual(['Reload'])
    toasts.get()[0]?.action?.onPress()
    expect(next.postMessage).toHaveBeenCalledWith({ type: 'activate' })
  })

  it('that waits from an earlier visit is offered at once', async () => {
    const registration = new FakeRegistration()
    registration.waiting = new FakeWorker()
    container.register.mockResolvedValue(registration)
    registerServiceWorker()
    await settle()
    expect(offered()).toEqual(['Reload'])
  })

  it('that is the first one ever is no news', async () => {
    const registration = new FakeRegistration()
    container.register.mockResolvedValue(registration)
    registerServiceWorker()
    await settle()
    const first = new FakeWorker()
    registration.find(first)
    first.become('installed')
    expect(offered()).toEqual([])
  })
})
