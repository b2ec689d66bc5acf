import { screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { renderApp } from '../../testing/render-app.tsx'
import { meNamed } from '../../testing/things.ts'
import { forgetTime, keepTime } from './kept.ts'
import { dayOf, SPAN } from './spent.ts'
import { TimeSlot } from './TimeSlot.tsx'

afterEach(() => {
  vi.useRealTimers()
  forgetTime(undefined)
})

it('reminds in the window that has the focus, once a day', async () => {
  const me = meNamed('ben', { daily_reminder: 15 })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(2026, 4, 3, 12) })
  const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const pass = () => vi.advanceTimersByTimeAsync(SPAN)
  const spent = () => keepTime(me.user_id, (known) => known ?? { days: {}, last: 0 })
  keepTime(me.user_id, () => ({ days: { [dayOf(new Date())]: 88 }, last: 0 }))
  const shown = renderApp(<TimeSlot />, { me })
  await vi.advanceTimersByTimeAsync(0)
  await shown
  await pass()
  await pass()
  expect([spent().days, spent().reminded]).toEqual([{ '2026-05-03': 90 }, undefined])
  hasFocus.mockReturnValue(true)
  await pass()
  expect(spent().reminded).toBe('2026-05-03')
  vi.useRealTimers()
  const dialog = await screen.findByRole('dialog', { name: 'Time for a break?' })
  expect(dialog.textContent).toContain('15 min today')
  screen.getByRole('button', { name: 'OK' }).click()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})
