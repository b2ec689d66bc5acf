import { TintypeError } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { codeOf } from './failure.ts'
import { delayOf, withRetries } from './retry.ts'
import { InMemoryNetwork } from './testing/in-memory-server.ts'

const never = new AbortController().signal

describe('withRetries', () => {
  it('tries again after a hiccup, each time later', async () => {
    const network = new InMemoryNetwork()
    const pauses: unknown[] = []
    const result = await withRetries(
      async (attempt) => {
        if (attempt < 4) throw new TintypeError('unavailable')
        return attempt
      },
      { network, signal: never, onPause: (pause) => pauses.push(pause), random: () => 1 },
    )
    expect(result).toBe(4)
    expect(network.pauses).toEqual([500, 1000, 2000])
    expect(pauses).toEqual(['trouble', null, 'trouble', null, 'trouble', null])
  })

  it('gives up in the end, and says that it was the connection', async () => {
    const network = new InMemoryNetwork()
    const failing = withRetries(() => Promise.reject(new TintypeError('unavailable')), {
      network,
      signal: never,
    })
    expect(codeOf(await failing.catch((error) => error))).toBe('connection_lost')
    expect(network.pauses).toHaveLength(8)
  })

  it('does not repeat what will not change', async () => {
    const network = new InMemoryNetwork()
    let tries = 0
    const failing = withRetries(
      () => {
        tries++
        return Promise.reject(new TintypeError('quota_exceeded'))
      },
      { network, signal: never },
    )
    expect(codeOf(await failing.catch((error) => error))).toBe('quota_exceeded')
    expect(tries).toBe(1)
  })

  it('waits for the network for as long as it takes', async () => {
    const network = new InMemoryNetwork()
    let outages = 0
    const running = withRetries(
      async () => {
        if (outages++ < 30) {
          network.set(false)
          setTimeout(() => network.set(true))
          throw new TintypeError('unavailable')
        }
        return 'done'
      },
      { network, signal: never },
    )
    expect(await running).toBe('done')
    expect(network.pauses).toEqual([])
  })

  it('waits as long as the server asks, and takes a long wait for a no', async () => {
    const network = new InMemoryNetwork()
    const limited = (seconds: number) =>
      new TintypeError('rate_limited', { details: { retry_after: seconds } })
    const once = async (attempt: number) => {
      if (attempt === 1) throw limited(7)
    }
    await withRetries(once, { network, signal: never })
    expect(network.pauses).toEqual([7000])
    // The first try of a request with the same key is still being worked on.
    const twice = new TintypeError('conflict', { details: { retry_after: 1 } })
    await withRetries((attempt) => (attempt === 1 ? Promise.reject(twice) : Promise.resolve()), {
      network,
      signal: never,
    })
    const refused = withRetries(() => Promise.reject(limited(3600)), { network, signal: never })
    expect(codeOf(await refused.catch((error) => error))).toBe('rate_limited')
  })

  it('stops when given up', async () => {
    const network = new InMemoryNetwork()
    const control = new AbortController()
    network.set(false)
    const running = withRetries(async () => 'sent', { network, signal: control.signal })
    control.abort(new Error('given up'))
    await expect(running).rejects.toThrow('given up')
  })
})

describe('delayOf', () => {
  it('grows to a ceiling and is never below half of it', () => {
    expect(delayOf(1, () => 0)).toBe(250)
    expect(delayOf(20, () => 1)).toBe(20_000)
    expect(delayOf(20, () => 0)).toBe(10_000)
  })
})
