import { screen, waitFor } from '@testing-library/react'
import { type Announcement, type AnnouncementId, TintypeError } from '@tintype/contract'
import { beforeAll, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'

beforeAll(() => import('./AnnouncementsScreen.tsx'), 120_000)

const picnic: Announcement = {
  announcement_id: 'a1' as AnnouncementId,
  text: 'The picnic\nis on Sunday',
  created_at: '2026-06-12T10:00:00.000Z',
}
const path = '/notifications/announcements'
const olga = meNamed('olga', { role: 'owner' })

it('are read by members, who cannot write any', async () => {
  fakeApi({ 'announcements.list': async () => page([picnic]) })
  await renderRoute(path, { me: meNamed('ben') })
  expect((await screen.findByText(/The picnic/)).textContent).toBe(picnic.text)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button', { name: /Take back/ })).toBeNull()
})

it('say what the place is for while there are none', async () => {
  fakeApi({ 'announcements.list': async () => page([]) })
  await renderRoute(path, { me: meNamed('ben') })
  expect(await screen.findByRole('heading', { name: 'Nothing announced yet' })).toBeDefined()
})

it('are written by the owner, and listed; what failed is said again under the same key', async () => {
  let made: Announcement[] = []
  let failing = true
  const api = fakeApi({
    'announcements.list': async () => page(made),
    'announcements.make': async () => {
      if (failing) throw new TintypeError('unavailable')
      made = [picnic]
      return picnic
    },
  })
  const { user } = await renderRoute(path, { me: olga })
  const field = await screen.findByRole('textbox', { name: 'Tell all members' })
  await user.type(field, 'The picnic')
  await user.click(screen.getByRole('button', { name: 'Announce it' }))
  expect(await screen.findByText(new TintypeError('unavailable').message)).toBeDefined()
  failing = false
  await user.click(screen.getByRole('button', { name: 'Announce it' }))
  expect(await screen.findByText(/is on Sunday/)).toBeDefined()
  await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe(''))
  const calls = vi.mocked(api.announcements.make).mock.calls.map(([input]) => input)
  expect(calls.map(({ body }) => body)).toEqual([{ text: 'The picnic' }, { text: 'The picnic' }])
  expect(new Set(calls.map(({ headers }) => headers?.['idempotency-key'])).size).toBe(1)
})

it('are taken back by the owner, once asked', async () => {
  let items = [picnic]
  const api = fakeApi({
    'announcements.list': async () => page(items),
    'announcements.delete': async () => {
      items = []
      return {}
    },
  })
  const { user } = await renderRoute(path, { me: olga })
  await user.click(await screen.findByRole('button', { name: 'Take back what was said on June 12, 2026' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByText(/The picnic/)).toBeNull())
  expect(api.announcements.delete).toHaveBeenCalledWith({ params: { announcement_id: 'a1' } })
})
