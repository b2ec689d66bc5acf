import { screen, waitFor } from '@testing-library/react'
import { type Login, TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { page, renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'

const login = (id: string, more: Partial<Login> = {}): Login => ({
  login_id: id as Login['login_id'],
  failed: false,
  method: 'password',
  count: 1,
  at: '2026-01-02T10:00:00.000Z',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  network: '192.0.2.1',
  app: null,
  session_id: null,
  current: false,
  ...more,
})
const session = (id: string) => id as NonNullable<Login['session_id']>
const open = () => renderRoute('/settings/logins', { me: meNamed('ben') })

it('says how, from where, and what failed, in pages', async () => {
  fakeApi({
    'logins.list': async (asked) =>
      asked?.query?.cursor
        ? page([login('l4', { method: 'registration' })])
        : {
            items: [
              login('l1', { current: true, session_id: session('s1'), method: 'passkey' }),
              login('l2', { failed: true, count: 12 }),
              login('l3', { method: 'app', app: 'Darkroom', user_agent: '', network: '' }),
            ],
            next_cursor: 'later',
          },
  })
  const { user } = await open()
  const rows = (await screen.findAllByRole('listitem')).map((row) => row.textContent)
  expect(rows[0]).toMatch(/^Passkey.*Firefox on Linux · 192\.0\.2\.1 · This session$/)
  expect(rows[1]).toMatch(/^12 wrong passwords.*last from Firefox on Linux · 192\.0\.2\.1This wasn’t me$/)
  expect(rows[2]).toMatch(/^Darkroom was let in.*This wasn’t me$/)
  await user.click(screen.getByRole('button', { name: 'Show earlier ones' }))
  expect(await screen.findByText('Account made')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull()
})

it('leads whom it was not to a new password, and ends what goes on', async () => {
  const api = fakeApi({
    'logins.list': async () => page([login('l1', { session_id: session('s2') })]),
    'accounts.revokeSession': () => Promise.reject(new TintypeError('not_found')),
  })
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: /^This wasn’t me: Password, / }))
  await user.click(await screen.findByRole('button', { name: 'Choose a new password' }))
  expect(await screen.findByLabelText('New password')).toBeDefined()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(api.accounts.revokeSession).toHaveBeenCalledWith({ params: { session_id: 's2' } })
})
