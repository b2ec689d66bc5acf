import { render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lazyWhenOpen } from './lazy-when-open.tsx'

const panel = { default: ({ open }: { open: boolean }) => (open ? <p>open</p> : null) }
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  Reflect.deleteProperty(navigator, 'connection')
})

it('is not fetched where nothing on the page can open it', () => {
  const load = vi.fn(async () => panel)
  lazyWhenOpen(load)
  vi.advanceTimersByTime(60_000)
  expect(load).not.toHaveBeenCalled()
})

it('is fetched once while the page that can open it is idle', () => {
  const load = vi.fn(async () => panel)
  const Panel = lazyWhenOpen(load)
  render([<Panel key={1} open={false} />, <Panel key={2} open={false} />])
  expect(load).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  expect(load).toHaveBeenCalledOnce()
})

it('is fetched only when it is opened where the member saves data', async () => {
  Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } })
  const load = vi.fn(async () => panel)
  const Panel = lazyWhenOpen(load)
  const { rerender } = render(<Panel open={false} />)
  vi.advanceTimersByTime(60_000)
  expect(load).not.toHaveBeenCalled()
  vi.useRealTimers()
  rerender(<Panel open />)
  expect(await screen.findByText('open')).toBeDefined()
})
