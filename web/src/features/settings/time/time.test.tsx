import { screen, waitFor } from '@testing-library/react'
import type { NoticePreferences } from '@tintype/contract'
import { afterEach, expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed, preferencesOf } from '../../../testing/things.ts'
import { forgetTime, keepTime } from '../../../things/time/kept.ts'
import { dayOf, SPAN } from '../../../things/time/spent.ts'

const me = meNamed('ben')
afterEach(() => forgetTime(undefined))
const spend = (minutes: number) =>
  keepTime(me.user_id, () => ({ days: { [dayOf(new Date())]: (minutes * 60_000) / SPAN }, last: 0 }))

it('shows the last seven days, and keeps after how much time one is reminded', async () => {
  let kept = preferencesOf()
  const api = fakeApi({
    'preferences.get': async () => kept,
    'preferences.change': async ({ body }) => {
      kept = { ...kept, ...(body as Partial<NoticePreferences>) }
      return kept
    },
  })
  const { user } = await renderRoute('/settings/time', { me, seed: () => spend(65) })
  expect(
    (await screen.findAllByRole('listitem')).filter((day) => /\d min$/.test(day.textContent)),
  ).toHaveLength(7)
  expect(screen.getByText('1 h 5 min')).toBeDefined()
  const reminder = screen.getByLabelText<HTMLSelectElement>('Daily reminder')
  await user.selectOptions(reminder, '2 h')
  await waitFor(() => expect(reminder.value).toBe('120'))
  await user.selectOptions(reminder, 'Off')
  await waitFor(() =>
    expect(vi.mocked(api.preferences.change).mock.calls.map(([asked]) => asked.body)).toEqual([
      { daily_reminder: 120 },
      { daily_reminder: null },
    ]),
  )
})
