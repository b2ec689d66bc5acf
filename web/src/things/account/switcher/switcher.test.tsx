import { screen, waitFor } from '@testing-library/react'
import { BROWSER_ACCOUNTS, type BrowserAccount, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { readStored, writeStored } from '../../../data/storage.ts'
import { openSwitcher } from '../../../shell/switcher-slot.ts'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed, userNamed } from '../../../testing/things.ts'

const account = (name: string, more: Partial<BrowserAccount> = {}): BrowserAccount => {
  const { viewer: _, ...user } = userNamed(name)
  return { user, current: false, unread_notifications: 0, ...more }
}
const ben = meNamed('ben')
const current = account('ben', { current: true })
const open = async () => {
  const opened = await renderRoute('/settings/appearance', { me: ben })
  openSwitcher()
  await screen.findByRole('dialog', { name: 'Accounts in this browser' })
  return opened
}

describe('the accounts of this browser', () => {
  it('say which is in use, and what waits in the others', async () => {
    fakeApi({ 'browser.accounts': async () => [current, account('ana', { unread_notifications: 3 })] })
    await open()
    expect(await screen.findByText('In use')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Go on as ana, 3 new notifications' })).toBeDefined()
    expect(screen.queryByRole('button', { name: /Go on as ben/ })).toBeNull()
    expect(readStored('tintype.accounts')).toBe('1')
  })

  it('are logged out one by one: one that ended meanwhile is gone as well', async () => {
    let all = [current, account('ana')]
    const api = fakeApi({
      'browser.accounts': async () => all,
      'browser.leave': async () => {
        all = [current]
        throw new TintypeError('account_not_here')
      },
    })
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Log ana out' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: /ana/ })).toBeNull())
    expect(api.browser.leave).toHaveBeenCalledWith({ body: { user_id: account('ana').user.user_id } })
    expect(screen.queryByRole('button', { name: 'Log out of all' })).toBeNull()
    expect(readStored('tintype.accounts')).toBeNull()
  })

  it('are so many at most', async () => {
    const others = Array.from({ length: BROWSER_ACCOUNTS - 1 }, (_, n) => account(`one${n}`))
    fakeApi({ 'browser.accounts': async () => [current, ...others] })
    await open()
    expect(await screen.findByText('This browser has 5 accounts. Log one out to add another.')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Add an account' })).toBeNull()
  })

  it('are there still where a switch fails', async () => {
    const switched = vi.fn(() => Promise.reject(new TintypeError('account_not_here')))
    fakeApi({ 'browser.accounts': async () => [current, account('ana')], 'browser.switchTo': switched })
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Go on as ana' }))
    expect(await screen.findByText(/not logged in in this browser any more/)).toBeDefined()
    expect(readStored('tintype.session')).not.toBeNull()
  })
})

describe('the log-in', () => {
  const visit = (seed?: () => void) => renderRoute('/login', seed ? { seed } : {})

  it('offers the accounts that this browser is still logged in to, and to end them', async () => {
    let all = [account('ana')]
    const api = fakeApi({
      'feed.explore': async () => ({ items: [], next_cursor: null }),
      'browser.accounts': async () => all,
      'browser.leaveAll': async () => {
        all = []
        return {}
      },
    })
    const { user } = await visit(() => writeStored('tintype.accounts', '1'))
    expect(await screen.findByRole('button', { name: 'Go on as ana' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Log out of all' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Go on as ana' })).toBeNull())
    expect(api.browser.leaveAll).toHaveBeenCalledOnce()
  })

  it('asks for none where there never were several', async () => {
    const api = fakeApi({ 'feed.explore': async () => ({ items: [], next_cursor: null }) })
    await visit()
    expect(await screen.findByLabelText('Username or e-mail')).toBeDefined()
    expect(api.browser.accounts).not.toHaveBeenCalled()
  })
})
