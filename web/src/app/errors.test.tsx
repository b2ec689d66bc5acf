import { render, screen, waitFor } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../testing/fake-api.ts'
import { page, renderRoute } from '../testing/render-route.tsx'
import { apiPost, meNamed } from '../testing/things.ts'
import { ErrorScreen } from './ErrorScreen.tsx'

const invalidate = vi.hoisted(() => vi.fn())
vi.mock('@tanstack/react-router', async (original) => {
  const real = await original<typeof import('@tanstack/react-router')>()
  return {
    ...real,
    useRouter: (options?: object) => Object.assign(real.useRouter(options) ?? {}, { invalidate }),
  }
})
afterEach(() => vi.clearAllMocks())

const show = (error: Error) => {
  const reset = vi.fn()
  render(<ErrorScreen error={error} reset={reset} />)
  return reset
}

describe('a screen that could not be shown', () => {
  it('says that something broke, and what to quote', () => {
    show(new TintypeError('internal', { requestId: 'r-42' }))
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('That picture fell off the wall')
    expect(screen.getByText('If you report it, quote r-42.')).toBeDefined()
  })

  it('tells nothing of what the program says to itself', () => {
    show(new TypeError("Cannot read properties of undefined (reading 'x')"))
    expect(screen.queryByText(/undefined/)).toBeNull()
  })

  it('waits for a server that restarts, and tries again by itself', () => {
    vi.useFakeTimers()
    const reset = show(new TintypeError('unavailable'))
    expect(screen.getByRole('heading', { name: 'Tintype does not answer' })).toBeDefined()
    vi.advanceTimersByTime(5000)
    expect(reset).toHaveBeenCalled()
    vi.useRealTimers()
  })

  it('tries again as soon as the network is back', () => {
    const reset = show(new TintypeError('unavailable'))
    window.dispatchEvent(new Event('online'))
    expect(reset).toHaveBeenCalledOnce()
  })

  it('does not try again by itself what cannot be mended so', () => {
    const reset = show(new TintypeError('internal'))
    window.dispatchEvent(new Event('online'))
    expect(reset).not.toHaveBeenCalled()
  })
})

it('is where a broken thing was, with the frame around it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const broken = { ...apiPost('p1'), media: null as never }
  fakeApi({ 'feed.explore': async () => page([broken]) })
  await renderRoute('/explore', { me: meNamed('ben') })
  expect(await screen.findByRole('heading', { name: 'That picture fell off the wall' })).toBeDefined()
  await waitFor(() => expect(screen.getAllByRole('main')).toHaveLength(1))
  expect(screen.getAllByRole('navigation', { name: 'Main' }).length).toBeGreaterThan(0)
})
