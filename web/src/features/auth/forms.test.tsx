import { screen, waitFor } from '@testing-library/react'
import { type Instance, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { instanceQuery, meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { meNamed } from '../../testing/things.ts'
import LoginScreen from './LoginScreen.tsx'
import SignUpScreen from './SignUpScreen.tsx'

const search = vi.hoisted(() => ({ current: {} as Record<string, unknown> }))
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<typeof import('@tanstack/react-router')>()),
  useSearch: () => search.current,
}))

const instance: Instance = {
  name: 'The Photo Club',
  description: '',
  registration: 'open',
  is_set_up: true,
  version: '1.0.0',
  deletion_days: 30,
  members_count: 3,
  video: null,
}
const authenticated = { user: meNamed('ana'), access_token: null, refresh_token: null, expires_in: 3600 }
const about = (fields: Partial<Instance> = {}) => ({
  seed: () => queryClient.setQueryData(instanceQuery.queryKey, { ...instance, ...fields }),
})
const exploreFeed = async () => ({ items: [], next_cursor: null })

describe('logging in', () => {
  it('begins the session and goes home', async () => {
    search.current = {}
    const api = fakeApi({ 'feed.explore': exploreFeed, 'accounts.login': async () => authenticated })
    const { user } = await renderApp(<LoginScreen />, about())
    await user.type(await screen.findByLabelText('Username or e-mail'), ' ana ')
    await user.type(screen.getByLabelText('Password'), 'silver plates{Enter}')
    await waitFor(() => expect(queryClient.getQueryData(meQuery.queryKey)?.username).toBe('ana'))
    expect(api.accounts.login).toHaveBeenCalledWith({ body: { login: 'ana', password: 'silver plates' } })
    expect(localStorage.getItem('tintype.session')).toBe('1')
  })

  it('goes back to where the visitor wanted to be', async () => {
    search.current = { to: '/p/abc' }
    fakeApi({ 'feed.explore': exploreFeed, 'accounts.login': async () => authenticated })
    const { user, path } = await renderApp(<LoginScreen />, about())
    await user.type(await screen.findByLabelText('Username or e-mail'), 'ana')
    await user.type(screen.getByLabelText('Password'), 'silver plates{Enter}')
    await waitFor(() => expect(path()).toBe('/p/abc'))
  })

  it('says so where the browser has no passkeys, and moves nothing for it', async () => {
    search.current = {}
    fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderApp(<LoginScreen />, about())
    await user.click(await screen.findByRole('button', { name: 'Log in with a passkey' }))
    expect(await screen.findByText(/cannot use passkeys/)).toBeDefined()
  })

  it('takes a second step where the account asks for one, by code or recovery code', async () => {
    search.current = {}
    const details = { challenge: 'c1', methods: ['totp', 'recovery_code'], expires_in: 600 }
    const api = fakeApi({
      'feed.explore': exploreFeed,
      'accounts.login': () => Promise.reject(new TintypeError('second_factor_required', { details })),
      'accounts.finishLogin': ({ body }) =>
        'code' in body ? Promise.reject(new TintypeError('code_wrong')) : Promise.resolve(authenticated),
    })
    const { user } = await renderApp(<LoginScreen />, about())
    await user.type(await screen.findByLabelText('Username or e-mail'), 'ana')
    await user.type(screen.getByLabelText('Password'), 'silver plates{Enter}')
    await user.type(await screen.findByLabelText('Code of your authenticator app'), '123456{Enter}')
    expect(await screen.findByText('This code is not right, or was used already.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'No phone? Use a recovery code' }))
    await user.type(screen.getByLabelText('Recovery code'), 'abcde-fghjk{Enter}')
    await waitFor(() => expect(queryClient.getQueryData(meQuery.queryKey)?.username).toBe('ana'))
    expect(api.accounts.finishLogin).toHaveBeenLastCalledWith({
      body: { challenge: 'c1', recovery_code: 'abcde-fghjk' },
    })
  })

  it('says that name or password is wrong, and selects the password', async () => {
    search.current = {}
    fakeApi({
      'feed.explore': exploreFeed,
      'accounts.login': () => Promise.reject(new TintypeError('credentials_wrong')),
    })
    const { user } = await renderApp(<LoginScreen />, about())
    await user.type(await screen.findByLabelText('Username or e-mail'), 'ana')
    await user.type(screen.getByLabelText('Password'), 'wrong{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('The name or the password is not right.')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Password')))
  })
})

it.each([
  [1, 'in 1 second.'],
  [45, 'in 45 seconds.'],
  [900, 'in 15 minutes.'],
])('says how long to wait where there were too many wrong passwords: %s s', async (retry_after, words) => {
  search.current = {}
  const refused = new TintypeError('rate_limited', { details: { retry_after } })
  fakeApi({ 'feed.explore': exploreFeed, 'accounts.login': () => Promise.reject(refused) })
  const { user } = await renderApp(<LoginScreen />, about())
  await user.type(await screen.findByLabelText('Username or e-mail'), 'ana')
  await user.type(screen.getByLabelText('Password'), 'wrong{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain(words)
})

describe('signing up', () => {
  it('says all that is wrong at once, and puts the focus on the first of it', async () => {
    search.current = {}
    const api = fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderApp(<SignUpScreen />, about())
    await user.type(await screen.findByLabelText('E-mail'), 'ana')
    await user.type(screen.getByLabelText('Username'), 'a..na')
    await user.type(screen.getByLabelText('Password'), 'short{Enter}')
    expect(screen.getByText(/does not look like an e-mail address/)).toBeDefined()
    expect(screen.getByText(/no dot at an end or beside another/)).toBeDefined()
    expect(screen.getAllByText('At least 8 characters.').length).toBeGreaterThan(0)
    expect(document.activeElement).toBe(screen.getByLabelText('E-mail'))
    expect(api.accounts.register).not.toHaveBeenCalled()
    await user.type(screen.getByLabelText('Username'), 'x')
    expect(document.activeElement).toBe(screen.getByLabelText('Username'))
  })

  async function fill(user: Awaited<ReturnType<typeof renderApp>>['user'], fields: Record<string, string>) {
    for (const [label, text] of Object.entries(fields))
      await user.type(await screen.findByLabelText(label), text)
    await user.click(screen.getByRole('button', { name: 'Sign up' }))
  }
  const account = { 'E-mail': 'ana@example.org', Username: 'ana', Password: 'red light, silver plate' }

  it('asks for what is missing before it asks the server', async () => {
    search.current = {}
    const api = fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderApp(<SignUpScreen />, about())
    await fill(user, { Username: 'ana' })
    expect(screen.getAllByText('Please fill this in.')).toHaveLength(2)
    expect(api.accounts.register).not.toHaveBeenCalled()
  })

  it('puts a taken name at the name, and clears it when that is changed', async () => {
    search.current = {}
    fakeApi({
      'feed.explore': exploreFeed,
      'accounts.register': () => Promise.reject(new TintypeError('username_taken')),
    })
    const { user } = await renderApp(<SignUpScreen />, about())
    await fill(user, account)
    const field = screen.getByLabelText('Username')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    await user.type(field, '2')
    expect(field.getAttribute('aria-invalid')).toBeNull()
  })

  it('gives the server’s reason for a weak password', async () => {
    search.current = {}
    const reason = 'Runs like abc or 6543 are easy to guess.'
    fakeApi({
      'feed.explore': exploreFeed,
      'accounts.register': () => Promise.reject(new TintypeError('password_weak', { details: { reason } })),
    })
    const { user } = await renderApp(<SignUpScreen />, about())
    await fill(user, account)
    expect(await screen.findByText(new RegExp(reason))).toBeDefined()
  })

  it('brings the invitation of the link along', async () => {
    search.current = { invitation: 'RED-42' }
    const api = fakeApi({ 'feed.explore': exploreFeed, 'accounts.register': async () => authenticated })
    const { user } = await renderApp(<SignUpScreen />, about({ registration: 'invitation' }))
    await fill(user, account)
    await waitFor(() => expect(api.accounts.register).toHaveBeenCalledOnce())
    expect(vi.mocked(api.accounts.register).mock.calls[0]?.[0].body).toEqual({
      username: 'ana',
      email: 'ana@example.org',
      password: 'red light, silver plate',
      invitation: 'RED-42',
    })
  })

  it('is closed where the place is', async () => {
    search.current = {}
    fakeApi({ 'feed.explore': exploreFeed })
    await renderApp(<SignUpScreen />, about({ registration: 'closed' }))
    expect(await screen.findByRole('heading', { name: /is not taking new members/ })).toBeDefined()
    expect(screen.queryByLabelText('Username')).toBeNull()
  })
})
