import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Toaster } from './Toaster.tsx'
import { toast } from './toast.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  act(() => vi.runAllTimers())
  vi.useRealTimers()
})

it('says a message in the live region and takes it away again', () => {
  render(<Toaster />)
  act(() => toast('Profile saved'))
  expect(screen.getByRole('status').textContent).toContain('Profile saved')
  act(() => vi.advanceTimersByTime(4000))
  expect(screen.queryByText('Profile saved')).toBeNull()
})

it('says the same thing once, and no more than three things', () => {
  render(<Toaster />)
  act(() => {
    for (const text of ['a', 'b', 'a', 'c', 'd']) toast(text)
  })
  expect([...screen.getByRole('status').children].map((child) => child.textContent)).toEqual(['a', 'c', 'd'])
})

it('offers what can be done about it, once', () => {
  const onPress = vi.fn()
  render(<Toaster />)
  act(() => toast('A new version is ready', { label: 'Reload', onPress }))
  act(() => screen.getByRole('button', { name: 'Reload' }).click())
  expect(onPress).toHaveBeenCalledOnce()
  expect(screen.queryByRole('button')).toBeNull()
})
