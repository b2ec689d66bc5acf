import { screen, waitFor, within } from '@testing-library/react'
import { type App, type ConnectedApp, type PersonalToken, TintypeError } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'

const ben = meNamed('ben')
const open = (section: string) => renderRoute(`/settings/${section}`, { me: ben })
const at = '2026-05-01T10:00:00.000Z'
const connected: ConnectedApp = {
  app_id: 'app-1' as never,
  name: 'Printer',
  website: null,
  scopes: ['read', 'write'],
  connected_at: at,
  last_used_at: null,
}
const own: App = {
  app_id: 'app-2' as never,
  name: 'Mine',
  website: null,
  redirect_uris: ['https://mine.example/cb'],
  confidential: true,
  scopes: ['read'],
  created_at: at,
}
const token: PersonalToken = {
  token_id: 'token-1' as never,
  name: 'Backup',
  scopes: ['read'],
  created_at: at,
  last_used_at: null,
  expires_at: null,
}

describe('connected apps', () => {
  it('say what they may do, and end when they are told to; one that ended elsewhere is gone as well', async () => {
    let there = [connected, { ...connected, app_id: 'app-9' as never, name: 'Gone' }]
    const api = fakeApi({
      'apps.connected': async () => there,
      'apps.disconnect': async ({ params }) => {
        there = there.filter(({ app_id }) => app_id !== params.app_id)
        if (params.app_id !== 'app-1') throw new TintypeError('not_found')
        return {}
      },
    })
    const { user } = await open('apps')
    const list = within(await screen.findByRole('list', { name: 'Apps that you allowed' }))
    expect(list.getAllByText('See what you see · Post and react as you')).toHaveLength(2)
    for (const name of ['Printer', 'Gone']) {
      await user.click(screen.getByRole('button', { name: `End what ${name} is allowed` }))
      const question = within(await screen.findByRole('alertdialog'))
      await user.click(question.getByRole('button', { name: 'End' }))
      await waitFor(() => expect(screen.queryByText(name)).toBeNull())
    }
    expect(await screen.findByText('No other app uses your account')).toBeDefined()
    expect(api.apps.disconnect).toHaveBeenCalledWith({ params: { app_id: 'app-1' } })
    expect(screen.queryByText(/does not exist/)).toBeNull()
  })
})

describe('apps that one makes', () => {
  it('are registered, and their secret is shown once', async () => {
    const api = fakeApi({
      'developer.apps': async () => [],
      'developer.tokens': async () => [],
      'developer.register': async () => ({ app: own, client_secret: 'tts_secret' }),
    })
    const { user } = await open('developer')
    await user.click(await screen.findByRole('button', { name: 'New app' }))
    await user.click(screen.getByRole('checkbox', { name: /See what you see/ }))
    await user.type(screen.getByLabelText('Name'), 'Mine')
    await user.type(screen.getByLabelText('Website'), 'mine.example')
    await user.click(screen.getByRole('button', { name: 'Register' }))
    expect(screen.getByText('A link begins with https:// or http://')).toBeDefined()
    expect(screen.getByText('Choose at least one.')).toBeDefined()
    expect(api.developer.register).not.toHaveBeenCalled()
    await user.clear(screen.getByLabelText('Website'))
    await user.click(screen.getByRole('checkbox', { name: /your messages/ }))
    await user.click(screen.getByRole('checkbox', { name: /See what you see/ }))
    await user.click(screen.getByRole('radio', { name: /On a server of yours/ }))
    await user.type(
      screen.getByLabelText('Addresses to come back to'),
      'https://mine.example/cb\n\nhttps://mine.example/cb',
    )
    await user.click(screen.getByRole('button', { name: 'Register' }))
    expect(await screen.findByText('tts_secret')).toBeDefined()
    expect(api.developer.register).toHaveBeenCalledWith({
      body: {
        name: 'Mine',
        website: null,
        redirect_uris: ['https://mine.example/cb'],
        scopes: ['read', 'messages'],
        confidential: true,
      },
    })
    await user.click(screen.getByRole('button', { name: 'I have kept it' }))
    expect(screen.queryByText('tts_secret')).toBeNull()
  })

  it('are changed, given another secret and removed', async () => {
    const api = fakeApi({
      'developer.apps': async () => [own],
      'developer.tokens': async () => [],
      'developer.change': async () => own,
      'developer.renewSecret': async () => ({ app: own, client_secret: 'tts_other' }),
      'developer.remove': async () => ({}),
    })
    const { user } = await open('developer')
    await user.click(await screen.findByRole('button', { name: 'Edit Mine' }))
    await user.type(screen.getByLabelText('Name'), ' too')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull())
    expect(api.developer.change).toHaveBeenCalledWith({
      params: own,
      body: { name: 'Mine too', website: null, redirect_uris: own.redirect_uris, scopes: ['read'] },
    })
    await user.click(screen.getByRole('button', { name: 'New secret for Mine' }))
    await user.click(
      within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'New secret' }),
    )
    expect(await screen.findByText('tts_other')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Remove Mine' }))
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(api.developer.remove).toHaveBeenCalledWith({ params: { app_id: 'app-2' } }))
  })
})

describe('tokens of one’s own', () => {
  it('are made for a time, shown once, and revoked', async () => {
    const api = fakeApi({
      'developer.apps': async () => [],
      'developer.tokens': async () => [token],
      'developer.createToken': async () => ({ ...token, token: 'ttp_secret' }),
      'developer.revokeToken': async () => ({}),
    })
    const { user } = await open('developer')
    expect(await screen.findByText(/No end/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'New token' }))
    await user.type(screen.getByLabelText('What it is for'), 'Backup')
    await user.selectOptions(screen.getByLabelText('Lasts for'), '30')
    await user.click(screen.getByRole('button', { name: 'Make the token' }))
    expect(await screen.findByText('ttp_secret')).toBeDefined()
    const body = { name: 'Backup', scopes: ['read'], days: 30 }
    expect(api.developer.createToken).toHaveBeenCalledWith({ body })
    await user.click(screen.getByRole('button', { name: 'Revoke Backup' }))
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }))
    await waitFor(() =>
      expect(api.developer.revokeToken).toHaveBeenCalledWith({ params: { token_id: 'token-1' } }),
    )
  })
})
