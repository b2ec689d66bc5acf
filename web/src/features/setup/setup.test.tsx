import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, place, renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'

const exploreFeed = async () => page([])
const first = { is_set_up: false, name: 'Tintype', description: '', members_count: 0 }
const owner = meNamed('ana', { role: 'owner' })
const authenticated = { user: owner, access_token: null, refresh_token: null, expires_in: 3600 }

it('leads from an empty place to the first photograph', async () => {
  const api = fakeApi({
    'feed.explore': exploreFeed,
    'accounts.register': async () => authenticated,
    'community.update': async ({ body }) => ({ ...place, ...body }),
    'community.invite': async () => ({ code: 'plate-4711', expires_at: '2026-12-24T00:00:00.000Z' }),
    'feed.home': async () => page([]),
    'members.suggested': async () => [],
  })
  const { user, path } = await renderRoute('/', { instance: first })
  await waitFor(() => expect(path()).toBe('/setup'))
  expect(await screen.findByRole('heading', { name: 'Name the place' })).toBe(document.activeElement)

  await user.click(screen.getByRole('button', { name: 'Continue' }))
  expect(screen.getByText('Please fill this in.')).toBeDefined()
  expect(document.activeElement).toBe(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Forge Street')
  await user.click(screen.getByRole('button', { name: 'Continue' }))

  expect(screen.getByRole('heading', { name: 'Who may join?' })).toBe(document.activeElement)
  await user.click(screen.getByRole('radio', { name: /By invitation/ }))
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Forge Street')
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /By invitation/ }).checked).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Continue' }))

  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org')
  await user.type(screen.getByLabelText('Username'), 'ana')
  await user.type(screen.getByLabelText('Password'), 'silver under a red light')
  await user.click(screen.getByRole('button', { name: 'Open the doors' }))

  expect(await screen.findByRole('heading', { name: 'Invite the others' })).toBe(document.activeElement)
  await user.click(screen.getByRole('button', { name: 'New invitation' }))
  expect(await screen.findByText('plate-4711')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  expect(screen.getByRole('heading', { name: 'Forge Street is open' })).toBe(document.activeElement)
  expect(vi.mocked(api.community.update).mock.calls[0]?.[0].body).toEqual({
    name: 'Forge Street',
    description: '',
    registration: 'invitation',
  })
  await user.click(screen.getByRole('button', { name: 'Later, show me around' }))
  await waitFor(() => expect(path()).toBe('/'))
})

it('is over once the place is set up', async () => {
  fakeApi({ 'feed.explore': exploreFeed })
  const { path } = await renderRoute('/setup')
  await waitFor(() => expect(path()).toBe('/login'))
})
