import { screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed, preferencesOf } from '../../testing/things.ts'

const ben = meNamed('ben')
const open = (section: string, me = ben) => renderRoute(`/settings/${section}`, { me })
const chosen = preferencesOf()

describe('notifications', () => {
  it('are chosen by kind and way, and stay as they were where it fails', async () => {
    let fails = false
    const api = fakeApi({
      'preferences.get': async () => chosen,
      'preferences.change': async ({ body }) => {
        if (fails) throw new TintypeError('unavailable')
        return { ...chosen, kinds: { ...chosen.kinds, ...body.kinds } }
      },
    })
    const { user } = await open('notifications')
    const likes = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Likes: Push' })
    await user.click(likes)
    expect(api.preferences.change).toHaveBeenCalledWith({
      body: { kinds: { like: { push: false, email: true } } },
    })
    await waitFor(() => expect(likes.checked).toBe(false))
    fails = true
    const mails = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Likes: Mail' })
    await user.click(mails)
    await waitFor(() => expect(mails.checked).toBe(true))
  })

  it('say what to do where this browser has no pushes', async () => {
    fakeApi({ 'preferences.get': async () => chosen })
    await open('notifications')
    expect(await screen.findByText(/This browser has no push notifications/)).toBeDefined()
    expect(screen.queryByRole('switch', { name: /Push notifications/ })).toBeNull()
  })

  it('say what to do where they were refused', async () => {
    const registration = {
      pushManager: { getSubscription: async () => null },
      getNotifications: async () => [],
    }
    Object.defineProperty(navigator, 'serviceWorker', {
      configurable: true,
      value: { getRegistration: async () => registration },
    })
    vi.stubGlobal('PushManager', class {})
    vi.stubGlobal('Notification', { permission: 'denied' })
    fakeApi({ 'preferences.get': async () => chosen })
    await open('notifications')
    expect(await screen.findByText(/You have refused notifications/)).toBeDefined()
    Reflect.deleteProperty(navigator, 'serviceWorker')
  })
})

describe('the address', () => {
  it('is sent its link again until it is proven', async () => {
    const api = fakeApi({ 'accounts.askVerification': async () => ({}) })
    const { user } = await open('email', { ...ben, email_verified: false })
    await user.click(await screen.findByRole('button', { name: 'Send it again' }))
    expect(await screen.findByText('The link is on its way to ben@example.org')).toBeDefined()
    expect(api.accounts.askVerification).toHaveBeenCalledOnce()
  })

  it('is changed, waits for both sides, and can be kept', async () => {
    const waiting = { email: 'ben@example.net', waiting_for: ['old' as const, 'new' as const] }
    const api = fakeApi({
      'accounts.changeEmail': async () => waiting,
      'accounts.cancelEmailChange': async () => ({}),
    })
    const { user } = await open('email')
    await user.type(await screen.findByLabelText('New address'), 'ben@example.net')
    await user.click(screen.getByRole('button', { name: 'Change address' }))
    expect(await screen.findByText(/ben@example.net is yours once the mails to both/)).toBeDefined()
    expect(api.accounts.changeEmail).toHaveBeenCalledWith({ body: { email: 'ben@example.net' } })
    await user.click(screen.getByRole('button', { name: 'Keep the old address' }))
    expect(await screen.findByLabelText('New address')).toBeDefined()
  })

  it('that somebody has is refused at the field', async () => {
    fakeApi({ 'accounts.changeEmail': () => Promise.reject(new TintypeError('email_taken')) })
    const { user } = await open('email')
    await user.type(await screen.findByLabelText('New address'), 'ana@example.org{Enter}')
    await waitFor(() =>
      expect(screen.getByLabelText('New address').getAttribute('aria-invalid')).toBe('true'),
    )
  })
})

describe('mails that nobody delivers', () => {
  const owner = { ...ben, role: 'owner' as const }
  const mail = {
    mail_id: 'reset-1',
    to: 'ana@example.org',
    subject: 'A new password for ana',
    text: 'https://photos.example.org/reset-password?token=abc',
    created_at: new Date().toISOString(),
  }

  it('are the owner’s to read', async () => {
    fakeApi({ 'mails.outbox': async () => ({ delivered_by: null, mails: [mail] }) })
    const { user } = await open('mails', owner)
    const row = (await screen.findAllByRole('listitem'))[0] as HTMLElement
    await user.click(within(row).getByText('A new password for ana'))
    expect(within(row).getByText(/reset-password\?token=abc/)).toBeDefined()
  })

  it('are none where a mail server delivers, and nobody else’s', async () => {
    fakeApi({ 'mails.outbox': async () => ({ delivered_by: 'mail.example.org', mails: [] }) })
    await open('mails', owner)
    expect(await screen.findByText('Mails are delivered by mail.example.org.')).toBeDefined()
  })

  it('are not a member’s', async () => {
    fakeApi({})
    await open('mails')
    expect(await screen.findByRole('heading', { name: 'Nothing hangs here' })).toBeDefined()
  })
})
