import { screen } from '@testing-library/react'
import { type InteractionLimit, TintypeError } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'

const open = () => renderRoute('/settings/limit', { me: meNamed('ben') })

/** A server that keeps what it is told. */
function keeping(limit: InteractionLimit['limit'] = null) {
  let kept = limit
  return fakeApi({
    'interactionLimit.get': async () => ({ limit: kept }),
    'interactionLimit.set': async ({ body }) => {
      kept = { accounts: body.accounts, ends_at: '2026-12-01T14:00:00.000Z' }
      return { limit: kept }
    },
    'interactionLimit.lift': async () => {
      kept = null
      return { limit: kept }
    },
  })
}

it('limits whom one chooses for as long as one says', async () => {
  const api = keeping()
  const { user } = await open()
  await user.click(await screen.findByRole('radio', { name: /New followers/ }))
  await user.selectOptions(screen.getByLabelText('For how long'), '2 weeks')
  await user.click(screen.getByRole('button', { name: 'Limit for now' }))
  expect(await screen.findByText(/On until .*December/)).toBeDefined()
  expect(vi.mocked(api.interactionLimit.set).mock.calls[0]?.[0].body).toEqual({
    accounts: 'new_followers',
    days: 14,
  })
})

it('shows one that stands, and ends it', async () => {
  keeping({ accounts: 'strangers', ends_at: '2026-12-01T14:00:00.000Z' })
  const { user } = await open()
  expect(await screen.findByText(/On until .*December/)).toBeDefined()
  const chosen = screen.getByRole<HTMLInputElement>('radio', { name: /do not follow you/ })
  expect(chosen.checked).toBe(true)
  await user.click(screen.getByRole('button', { name: 'End it now' }))
  expect(await screen.findByText('No longer limited')).toBeDefined()
  expect(screen.queryByText(/On until/)).toBeNull()
})

it('says so where it could not be kept, and keeps the choice', async () => {
  fakeApi({
    'interactionLimit.get': async () => ({ limit: null }),
    'interactionLimit.set': () => Promise.reject(new TintypeError('internal')),
  })
  const { user } = await open()
  await user.click(await screen.findByRole('radio', { name: /New followers/ }))
  await user.click(screen.getByRole('button', { name: 'Limit for now' }))
  expect(await screen.findByText(new TintypeError('internal').message)).toBeDefined()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /New followers/ }).checked).toBe(true)
})
