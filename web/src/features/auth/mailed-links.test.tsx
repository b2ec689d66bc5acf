import { screen } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'

const exploreFeed = async () => ({ items: [], next_cursor: null })
const bad = () => Promise.reject(new TintypeError('link_invalid'))

describe('a forgotten password', () => {
  it('is asked for by name or address, and nothing says whether there is an account', async () => {
    const api = fakeApi({ 'feed.explore': exploreFeed, 'accounts.forgotPassword': async () => ({}) })
    const { user } = await renderRoute('/forgot-password')
    await user.click(await screen.findByRole('button', { name: 'Send the link' }))
    expect(screen.getByText('Please fill this in.')).toBeDefined()
    await user.type(screen.getByLabelText('Username or e-mail'), ' ana {Enter}')
    expect(await screen.findByRole('heading', { name: 'Look into your mails' })).toBeDefined()
    expect(screen.getByText(/If there is an account for “ana”/)).toBeDefined()
    expect(api.accounts.forgotPassword).toHaveBeenCalledWith({ body: { login: 'ana' } })
  })

  it('is replaced by the link; to open it uses nothing up', async () => {
    const api = fakeApi({ 'feed.explore': exploreFeed, 'accounts.resetPassword': async () => ({}) })
    const { user } = await renderRoute('/reset-password?token=abc.def')
    await user.type(await screen.findByLabelText('New password'), 'red light, silver plate')
    expect(api.accounts.resetPassword).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Set password' }))
    expect(await screen.findByRole('heading', { name: 'Your password is set' })).toBeDefined()
    expect(api.accounts.resetPassword).toHaveBeenCalledWith({
      body: { token: 'abc.def', new_password: 'red light, silver plate' },
    })
  })

  it('says what to do where the link is used up, and why a password is refused', async () => {
    const reason = 'It is too short.'
    fakeApi({
      'feed.explore': exploreFeed,
      'accounts.resetPassword': ({ body }) =>
        body.new_password === 'short'
          ? Promise.reject(new TintypeError('password_weak', { details: { reason } }))
          : bad(),
    })
    const { user } = await renderRoute('/reset-password?token=abc.def')
    const field = await screen.findByLabelText('New password')
    await user.type(field, 'short{Enter}')
    expect(await screen.findByText(new RegExp(reason))).toBeDefined()
    await user.type(field, 'er, but longer{Enter}')
    expect(await screen.findByRole('link', { name: 'Ask for a new link' })).toBeDefined()
  })
})

describe('a link in a mail', () => {
  it.each([
    ['/verify-email', 'Yes, it is mine', 'accounts.verifyEmail', 'Your address is confirmed'],
    ['/unsubscribe', 'No more daily mails', 'mails.unsubscribe', 'No more daily mails'],
  ] as const)('%s does nothing until one presses', async (path, action, operation, done) => {
    let calls = 0
    fakeApi({
      'feed.explore': exploreFeed,
      [operation]: async () => {
        calls++
        return {}
      },
    })
    const { user } = await renderRoute(`${path}?token=abc`)
    const button = await screen.findByRole('button', { name: action })
    expect(calls).toBe(0)
    await user.click(button)
    expect(await screen.findByRole('heading', { name: done })).toBeDefined()
    expect(calls).toBe(1)
  })

  it('to another address says what is still to do', async () => {
    const reply = { email: 'ana@example.net', waiting_for: ['old' as const] }
    fakeApi({
      'feed.explore': exploreFeed,
      'accounts.confirmEmail': async () => reply,
      'members.me': async () => meNamed('ana'),
    })
    const { user } = await renderRoute('/confirm-email?token=abc', { me: meNamed('ana') })
    await user.click(await screen.findByRole('button', { name: 'Yes, change it' }))
    expect(await screen.findByText('Now open the mail that went to your old address.')).toBeDefined()
  })

  it('that is used up says so', async () => {
    fakeApi({ 'feed.explore': exploreFeed, 'accounts.verifyEmail': bad })
    const { user } = await renderRoute('/verify-email?token=abc')
    await user.click(await screen.findByRole('button', { name: 'Yes, it is mine' }))
    expect(await screen.findByRole('heading', { name: 'This link does not work any more' })).toBeDefined()
  })
})
