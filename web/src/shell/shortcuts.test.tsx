import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { type Shortcuts, useShortcuts } from './shortcuts.ts'

function Keys({ keys, covers }: { keys: Shortcuts; covers?: boolean }) {
  useShortcuts(keys, { covers })
  return <input aria-label="text" />
}

beforeEach(() => localStorage.clear())

it('acts on a letter, not on one that is typed or held with another key', async () => {
  const user = userEvent.setup()
  const like = vi.fn()
  render(<Keys keys={{ l: like }} />)
  await user.keyboard('l')
  await user.keyboard('{Control>}l{/Control}')
  await user.type(screen.getByLabelText('text'), 'll')
  expect(like).toHaveBeenCalledTimes(1)
})

it('asks what was shown last first, and goes no further down than what covers', async () => {
  const user = userEvent.setup()
  const [page, frame, dialog] = [vi.fn(), vi.fn(), vi.fn()]
  const { rerender } = render(
    <>
      <Keys keys={{ l: page, n: frame }} />
      <Keys keys={{ l: dialog }} covers />
    </>,
  )
  await user.keyboard('ln')
  expect([page, frame, dialog].map((mock) => mock.mock.calls.length)).toEqual([0, 0, 1])
  rerender(<Keys keys={{ l: page, n: frame }} />)
  await user.keyboard('ln')
  expect([page, frame].map((mock) => mock.mock.calls.length)).toEqual([1, 1])
})

it('is quiet below an open dialog that has no keys of its own', async () => {
  const user = userEvent.setup()
  const like = vi.fn()
  render(
    <>
      <Keys keys={{ l: like }} />
      <div role="dialog" data-state="open" />
    </>,
  )
  await user.keyboard('l')
  expect(like).not.toHaveBeenCalled()
})

it('can be turned off', async () => {
  localStorage.setItem('tintype.keys', 'off')
  const user = userEvent.setup()
  const like = vi.fn()
  render(<Keys keys={{ l: like }} />)
  await user.keyboard('l')
  expect(like).not.toHaveBeenCalled()
})
