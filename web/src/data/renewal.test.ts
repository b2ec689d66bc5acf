import { TintypeError } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { later } from '../testing/fake-api.ts'
import { createRenewal } from './renewal.ts'
import { readStored } from './storage.ts'

/** Locks as the browser has them, shared by the tabs of a test. */
function sharedLocks(): Pick<LockManager, 'request'> {
  let last: Promise<unknown> = Promise.resolve()
  return {
    request: ((_name: string, run: () => Promise<unknown>) => {
      const turn = last.then(run)
      last = turn.catch(() => undefined)
      return turn
    }) as LockManager['request'],
  }
}

const refused = () => new TintypeError('refresh_invalid')

beforeEach(() => localStorage.clear())

describe('the renewal of a session', () => {
  it('answers all who ask at once with one refresh', async () => {
    const answer = later<void>()
    const refresh = vi.fn(() => answer.promise)
    const renew = createRenewal({ refresh, onEnded: vi.fn(), now: () => 1_000_000 })
    const asked = [renew(), renew(), renew()]
    answer.resolve()
    expect(await Promise.all(asked)).toEqual([true, true, true])
    expect(refresh).toHaveBeenCalledOnce()
    expect(readStored('tintype.renewed')).toBe('1000000')
  })

  it('lets a second tab find the renewal of the first one done', async () => {
    const locks = sharedLocks()
    const refresh = vi.fn(async () => undefined)
    const tab = () => createRenewal({ refresh, onEnded: vi.fn(), locks, now: () => 5_000_000 })
    expect(await Promise.all([tab()(), tab()()])).toEqual([true, true])
    expect(refresh).toHaveBeenCalledOnce()
  })

  it('renews again once the last renewal is old', async () => {
    let time = 1_000_000
    const refresh = vi.fn(async () => undefined)
    const renew = createRenewal({ refresh, onEnded: vi.fn(), now: () => time })
    await renew()
    time += 3_600_000
    await renew()
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it('does not trust a renewal that lies in the future', async () => {
    localStorage.setItem('tintype.renewed', '9000000')
    const refresh = vi.fn(async () => undefined)
    await createRenewal({ refresh, onEnded: vi.fn(), now: () => 1_000_000 })()
    expect(refresh).toHaveBeenCalledOnce()
  })

  it('ends the session when the server refuses', async () => {
    const onEnded = vi.fn()
    const renew = createRenewal({ refresh: () => Promise.reject(refused()), onEnded, now: () => 1 })
    expect(await renew()).toBe(false)
    expect(onEnded).toHaveBeenCalledOnce()
  })

  it('keeps the session when the server cannot be reached, and can be tried again', async () => {
    const onEnded = vi.fn()
    const refresh = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new TintypeError('unavailable'))
      .mockResolvedValueOnce()
    const renew = createRenewal({ refresh, onEnded, now: () => 1_000_000 })
    await expect(renew()).rejects.toMatchObject({ code: 'unavailable' })
    expect(onEnded).not.toHaveBeenCalled()
    expect(await renew()).toBe(true)
  })
})
