import { screen, waitFor, within } from '@testing-library/react'
import { type Session, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, place, renderRoute } from '../../testing/render-route.tsx'
import { meNamed, stranger, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben', { bio: 'Old plates', full_name: 'Ben' })
const open = (section: string, me = ben) => renderRoute(`/settings/${section}`, { me })

describe('the profile', () => {
  it('is saved, with the scheme that people leave out', async () => {
    const api = fakeApi({
      'members.update': async ({ body }) => ({ ...ben, full_name: body.full_name ?? '' }),
    })
    const { user } = await open('profile')
    const name = await screen.findByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'Ben Forge')
    await user.type(screen.getByLabelText('Link'), 'example.org')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Profile saved')).toBeDefined()
    expect(vi.mocked(api.members.update).mock.calls[0]?.[0].body).toMatchObject({
      full_name: 'Ben Forge',
      bio: 'Old plates',
      link: 'https://example.org',
    })
    expect(queryClient.getQueryData(meQuery.queryKey)?.full_name).toBe('Ben Forge')
  })

  it('refuses a link that is none, before it is sent', async () => {
    const api = fakeApi({})
    const { user } = await open('profile')
    await user.type(await screen.findByLabelText('Link'), 'javascript:alert(1)')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/A link begins with/)).toBeDefined()
    expect(api.members.update).not.toHaveBeenCalled()
  })

  it('puts a taken name at the name', async () => {
    fakeApi({ 'members.update': () => Promise.reject(new TintypeError('username_taken')) })
    const { user } = await open('profile')
    await user.type(await screen.findByLabelText('Username'), '2')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.getByLabelText('Username').getAttribute('aria-invalid')).toBe('true'))
  })
})

describe('privacy', () => {
  it('closes at once', async () => {
    const api = fakeApi({
      'members.update': async () => ({ ...ben, is_private: true, privacy_level: 'private' }),
    })
    const { user } = await open('privacy')
    await user.click(await screen.findByRole('switch', { name: /Private account/ }))
    expect(await screen.findByText('Your account is private now')).toBeDefined()
    expect(api.members.update).toHaveBeenCalledWith({ body: { privacy_level: 'private' } })
  })

  it('asks before it opens', async () => {
    const api = fakeApi({ 'members.update': async () => ben })
    const { user } = await open('privacy', { ...ben, is_private: true, privacy_level: 'private' })
    await user.click(await screen.findByRole('switch', { name: /Private account/ }))
    await screen.findByRole('alertdialog', { name: 'Make your account public?' })
    expect(api.members.update).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Make public' }))
    expect(await screen.findByText('Your account is public now')).toBeDefined()
  })
})

describe('the password', () => {
  const fill = async (user: Awaited<ReturnType<typeof open>>['user']) => {
    await user.type(await screen.findByLabelText('New password'), 'a better one, with plates')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
  }

  it('is changed', async () => {
    const api = fakeApi({ 'accounts.changePassword': async () => ({}) })
    const { user } = await open('password')
    await fill(user)
    expect(await screen.findByText(/Password changed/)).toBeDefined()
    expect(api.accounts.changePassword).toHaveBeenCalledWith({
      body: { new_password: 'a better one, with plates' },
    })
    expect(screen.getByLabelText<HTMLInputElement>('New password').value).toBe('')
  })

  it('says where it was wrong', async () => {
    fakeApi({ 'accounts.changePassword': () => Promise.reject(new TintypeError('password_weak')) })
    const { user } = await open('password')
    await fill(user)
    await waitFor(() =>
      expect(screen.getByLabelText('New password').getAttribute('aria-invalid')).toBe('true'),
    )
  })
})

describe('sessions', () => {
  const session = (id: string, current: boolean): Session => ({
    session_id: id as Session['session_id'],
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    ip: '192.0.2.1',
    created_at: '2026-01-01T00:00:00.000Z',
    last_used_at: '2026-01-02T00:00:00.000Z',
    current,
  })

  it('are listed, this one first, and others can be ended', async () => {
    let sessions = [session('s1', false), session('s2', true)]
    const api = fakeApi({
      'accounts.failedLogins': async () => ({ count: 0, since: null, last_at: null }),
      'accounts.sessions': async () => sessions,
      'accounts.revokeSession': async () => {
        sessions = [session('s2', true)]
        return {}
      },
    })
    const { user } = await open('sessions')
    const rows = await screen.findAllByRole('listitem')
    expect(rows[0]?.textContent).toContain('This one')
    await user.click(screen.getByRole('button', { name: 'End the session on Firefox on Linux' }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
    expect(api.accounts.revokeSession).toHaveBeenCalledWith({ params: { session_id: 's1' } })
    expect(document.body.textContent).not.toContain('wrong password')
  })

  it('tell of wrong passwords that were tried', async () => {
    const at = '2026-01-03T12:00:00.000Z'
    fakeApi({
      'accounts.sessions': async () => [session('s1', true)],
      'accounts.failedLogins': async () => ({ count: 12, since: at, last_at: at }),
    })
    await open('sessions')
    expect(await screen.findByText(/^12 log-ins with a wrong password since January 3\./)).toBeDefined()
  })
})

it('lists whom one blocks, and lets them go', async () => {
  fakeApi({
    'graph.blocked': async () => page([userNamed('ana', { viewer: { ...stranger, blocking: true } })]),
    'graph.unblock': async () => stranger,
  })
  const { user } = await open('blocked')
  await user.click(await screen.findByRole('button', { name: 'Unblock' }))
  expect(await screen.findByRole('button', { name: 'Follow ana' })).toBeDefined()
})

it('lists whose posts and whose stories one has muted, and lets them be seen again', async () => {
  const muting = new Set(['ana'])
  const api = fakeApi({
    'graph.muted': async () =>
      page([...muting].map((name) => userNamed(name, { viewer: { ...stranger, muting: true } }))),
    'graph.unmute': async ({ params }) => {
      muting.delete(params.username)
      return stranger
    },
    'stories.muted': async () => page([userNamed('cleo')]),
    'stories.unmute': async () => ({ user_id: 'cleo', listed: false }),
  })
  const { user } = await open('muted')
  await user.click(await screen.findByRole('button', { name: 'Unmute ana' }))
  expect(await screen.findByText('You have muted nobody’s posts.')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Remove cleo' }))
  await waitFor(() => expect(api.stories.unmute).toHaveBeenCalledWith({ params: { username: 'cleo' } }))
})

it('lists whom one restricts, and lifts it', async () => {
  const restricting = new Set(['ana'])
  fakeApi({
    'graph.restricted': async () =>
      page([...restricting].map((name) => userNamed(name, { viewer: { ...stranger, restricting: true } }))),
    'graph.unrestrict': async ({ params }) => {
      restricting.delete(params.username)
      return stranger
    },
  })
  const { user } = await open('restricted')
  await user.click(await screen.findByRole('button', { name: 'Unrestrict ana' }))
  expect(await screen.findByText('Nobody is restricted')).toBeDefined()
})

it('keeps the theme on this device', async () => {
  fakeApi({})
  const { user } = await open('appearance')
  await user.click(await screen.findByRole('radio', { name: 'Dark' }))
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(localStorage.getItem('tintype.theme')).toBe('dark')
  await user.click(screen.getByRole('radio', { name: 'System' }))
  expect(document.documentElement.dataset.theme).toBeUndefined()
})

describe('the community', () => {
  const owner = { ...ben, role: 'owner' as const }

  it('is the owner’s to name and to open', async () => {
    const api = fakeApi({ 'community.update': async ({ body }) => ({ ...place, ...body }) })
    const { user } = await open('community', owner)
    const name = await screen.findByLabelText('Name')
    await user.clear(name)
    await user.type(name, 'Forge Street')
    await user.click(screen.getByRole('radio', { name: /By invitation/ }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(api.community.update).toHaveBeenCalledWith({
        body: {
          name: 'Forge Street',
          description: 'Plates and people.',
          registration: 'invitation',
          deletion_days: 30,
        },
      }),
    )
  })

  it('hands out invitations', async () => {
    fakeApi({ 'community.invite': async () => ({ code: 'RED-42', expires_at: '2026-07-01T00:00:00.000Z' }) })
    const { user } = await open('community', owner)
    await user.click(await screen.findByRole('button', { name: 'New invitation' }))
    expect(await screen.findByText('RED-42')).toBeDefined()
  })

  it('is nobody else’s', async () => {
    fakeApi({})
    await open('community')
    expect(await screen.findByRole('heading', { name: 'Nothing hangs here' })).toBeDefined()
    expect(
      within(screen.getByRole('navigation', { name: 'Settings' })).queryByText('This community'),
    ).toBeNull()
  })
})

describe('deleting the account', () => {
  const begin = async () => {
    const { user, path } = await open('delete')
    await user.click(await screen.findByRole('button', { name: 'Delete my account' }))
    const question = await screen.findByRole('alertdialog')
    await user.click(within(question).getByRole('button', { name: 'Delete my account' }))
    return path
  }

  it('asks twice, then forgets the member on this device, and says until when they can come back', async () => {
    const api = fakeApi({ 'accounts.delete': async () => ({ gone_at: '2026-03-01T12:00:00.000Z' }) })
    await begin()
    await waitFor(() => expect(localStorage.getItem('tintype.session')).toBeNull())
    expect(api.accounts.delete).toHaveBeenCalledOnce()
    expect(await screen.findByText(/deleted on March 1, 2026\. Log in before/)).toBeDefined()
  })

  it('hides it for a while as well', async () => {
    const api = fakeApi({ 'accounts.deactivate': async () => ({}) })
    const { user } = await open('delete')
    await user.click(await screen.findByRole('button', { name: 'Hide my account' }))
    const question = await screen.findByRole('alertdialog', { name: 'Hide your account for a while?' })
    await user.click(within(question).getByRole('button', { name: 'Hide my account' }))
    expect(await screen.findByText('Your account is hidden. Log in to bring it back.')).toBeDefined()
    expect(api.accounts.deactivate).toHaveBeenCalledOnce()
  })

  it('stays where the member would rather not prove who they are', async () => {
    fakeApi({ 'accounts.delete': () => Promise.reject(new TintypeError('step_up_required')) })
    const path = await begin()
    expect(await screen.findByText('Prove once more that it is you, then try again.')).toBeDefined()
    expect(path()).toBe('/settings/delete')
  })
})
