import { screen, waitFor } from '@testing-library/react'
import { type NoticePreferences, TintypeError } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed, preferencesOf } from '../../../testing/things.ts'
import { ends } from './lengths.ts'

const open = () => renderRoute('/settings/quiet', { me: meNamed('ben') })

/** A server that keeps what it is told. */
function keeping(first: Partial<NoticePreferences> = {}) {
  let kept = preferencesOf(first)
  return fakeApi({
    'preferences.get': async () => kept,
    'preferences.change': async ({ body }) => {
      kept = { ...kept, ...(body as Partial<NoticePreferences>) }
      return kept
    },
  })
}
const said = (api: ReturnType<typeof keeping>) =>
  vi.mocked(api.preferences.change).mock.calls.map(([asked]) => asked.body)

it('is turned on for a while, and ended', async () => {
  const api = keeping()
  const { user } = await open()
  await user.selectOptions(await screen.findByLabelText('For how long'), '4 hours')
  const before = Date.now()
  await user.click(screen.getByRole('button', { name: 'Turn on' }))
  expect(await screen.findByText(/^On until/)).toBeDefined()
  const { quiet_until } = said(api)[0] as { quiet_until: string }
  expect(Date.parse(quiet_until) - before).toBeGreaterThanOrEqual(4 * 3_600_000)
  await user.click(screen.getByRole('button', { name: 'End it now' }))
  await waitFor(() => expect(screen.queryByText(/^On until/)).toBeNull())
  expect(said(api)[1]).toEqual({ quiet_until: null })
})

it('ends at eight of the next morning, by this clock', () => {
  expect(ends('morning', new Date(2026, 11, 31, 23, 30))).toEqual(new Date(2027, 0, 1, 8))
})

it('comes on by the week, by the clock of this device, on the days that one chooses', async () => {
  const api = keeping()
  const { user } = await open()
  await user.click(await screen.findByRole('switch', { name: /By the week/ }))
  await user.click(await screen.findByRole('checkbox', { name: 'Sunday' }))
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const all = { enabled: true, from: '22:00', to: '07:00' }
  expect(said(api)).toEqual([
    { quiet_hours: { ...all, days: [1, 2, 3, 4, 5, 6, 7] }, time_zone },
    { quiet_hours: { ...all, days: [1, 2, 3, 4, 5, 6] } },
  ])
})

it('is kept to oneself, and stays known where that fails', async () => {
  fakeApi({
    'preferences.get': async () => preferencesOf(),
    'preferences.change': () => Promise.reject(new TintypeError('unavailable')),
  })
  const { user } = await open()
  const known = await screen.findByRole<HTMLInputElement>('switch', { name: /Let others know/ })
  await user.click(known)
  await waitFor(() => expect(known.checked).toBe(true))
})
