import { describe, expect, it, vi } from 'vitest'
import { later } from '../../testing/fake-api.ts'
import { ToggleQueue } from './toggle-queue.ts'

function scene() {
  const sent: boolean[] = []
  const requests: ReturnType<typeof later<string>>[] = []
  const toggle = {
    apply: vi.fn(),
    send: (want: boolean) => {
      sent.push(want)
      const request = later<string>()
      requests.push(request)
      return request.promise
    },
    settle: vi.fn(),
    fail: vi.fn(),
  }
  return { queue: new ToggleQueue(), toggle, sent, requests }
}

/** Lets the answers that were given be heard. */
const heard = () => new Promise((resolve) => setTimeout(resolve))

describe('the toggle queue', () => {
  it('shows and sends a first intent at once', async () => {
    const { queue, toggle, sent, requests } = scene()
    const rest = queue.request('a', true, toggle)
    expect(toggle.apply).toHaveBeenCalledWith(true)
    expect(sent).toEqual([true])
    requests[0]?.resolve('liked')
    await rest
    expect(toggle.settle).toHaveBeenCalledExactlyOnceWith('liked')
  })

  it('sends only the last of many intents after the one on its way', async () => {
    const { queue, toggle, sent, requests } = scene()
    const rest = queue.request('a', true, toggle)
    for (const want of [false, true, false]) void queue.request('a', want, toggle)
    expect(sent).toEqual([true])
    requests[0]?.resolve('liked')
    await heard()
    expect(sent).toEqual([true, false])
    requests[1]?.resolve('unliked')
    await rest
    expect(toggle.settle).toHaveBeenCalledExactlyOnceWith('unliked')
  })

  it('sends nothing more when the last intent is what is on its way', async () => {
    const { queue, toggle, sent, requests } = scene()
    const rest = queue.request('a', true, toggle)
    void queue.request('a', false, toggle)
    void queue.request('a', true, toggle)
    requests[0]?.resolve('liked')
    await rest
    expect(sent).toEqual([true])
  })

  it('takes back a failed intent', async () => {
    const { queue, toggle, requests } = scene()
    const rest = queue.request('a', true, toggle)
    requests[0]?.reject(new Error('no'))
    await rest
    expect(toggle.fail).toHaveBeenCalledOnce()
    expect(toggle.settle).not.toHaveBeenCalled()
  })

  it('goes on with the last intent when an earlier one failed', async () => {
    const { queue, toggle, sent, requests } = scene()
    const rest = queue.request('a', true, toggle)
    void queue.request('a', false, toggle)
    requests[0]?.reject(new Error('no'))
    await heard()
    expect(sent).toEqual([true, false])
    requests[1]?.resolve('unliked')
    await rest
    expect(toggle.fail).not.toHaveBeenCalled()
  })

  it('keeps different things apart', async () => {
    const { queue, toggle, sent } = scene()
    void queue.request('a', true, toggle)
    void queue.request('b', true, toggle)
    expect(sent).toEqual([true, true])
  })
})
