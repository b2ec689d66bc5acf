import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed } from '../../testing/things.ts'

const ben = meNamed('ben', { unread_notifications: 3 })
const exploreFeed = async () => page([apiPost('p1')])
const rail = () => within(screen.getAllByRole('navigation', { name: 'Main' })[0] as HTMLElement)

describe('the frame', () => {
  it('leads a member everywhere and says what is unread', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/explore', { me: ben })
    for (const name of ['Home', 'Search', 'Explore', 'Profile'])
      expect(rail().getByRole('link', { name })).toBeDefined()
    expect(rail().getByRole('link', { name: /Notifications ?\(3 unread\)/ })).toBeDefined()
    expect(rail().getByRole('link', { name: 'Explore' }).getAttribute('aria-current')).toBe('page')
  })

  it('offers a visitor to come in, and nothing they may not do', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/explore')
    expect(rail().getByRole('link', { name: 'Sign up' })).toBeDefined()
    expect(rail().queryByRole('link', { name: 'Home' })).toBeNull()
    expect(rail().queryByRole('button', { name: 'Create' })).toBeNull()
  })

  it('does not offer to sign up where nobody may', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/explore', { instance: { registration: 'closed' } })
    expect(rail().queryByRole('link', { name: 'Sign up' })).toBeNull()
    expect(rail().getByRole('link', { name: 'Log in' })).toBeDefined()
  })

  it('names the tab after the screen and the place', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/explore', { me: ben })
    await waitFor(() => expect(document.title).toBe('Explore · The Photo Club'))
  })

  it('shows no count in quiet mode', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    await renderRoute('/explore', { me: { ...ben, quiet: { from: at(-1), until: at(1) } } })
    expect(rail().getByRole('link', { name: 'Notifications' })).toBeDefined()
    expect(rail().queryByRole('link', { name: /unread/ })).toBeNull()
  })

  it('shows them while quiet mode is still to come', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    await renderRoute('/explore', { me: { ...ben, quiet: { from: at(1), until: at(2) } } })
    expect(rail().getByRole('link', { name: /3 unread/ })).toBeDefined()
  })

  it('moves focus to the content when the screen changes', async () => {
    fakeApi({ 'feed.explore': exploreFeed, 'members.suggested': async () => [] })
    const { user } = await renderRoute('/explore', { me: ben })
    await user.click(rail().getByRole('link', { name: 'Search' }))
    await screen.findByRole('searchbox')
    await waitFor(() => expect(screen.getByRole('main').contains(document.activeElement)).toBe(true))
  })

  it('has a first stop that skips the rail', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderRoute('/explore', { me: ben })
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Skip to content')
    expect(document.activeElement?.getAttribute('href')).toBe('#main')
  })

  it('says when there is no network', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/explore', { me: ben })
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false })
    window.dispatchEvent(new Event('offline'))
    expect(await screen.findByText(/You are offline/)).toBeDefined()
    Reflect.deleteProperty(navigator, 'onLine')
    window.dispatchEvent(new Event('online'))
    await waitFor(() => expect(screen.queryByText(/You are offline/)).toBeNull())
  })
})

describe('the guards', () => {
  it.each(['/', '/notifications', '/saved', '/settings/profile'])(
    'send a visitor of %s to the log-in',
    async (to) => {
      fakeApi({ 'feed.explore': exploreFeed })
      const { path, router } = await renderRoute(to)
      await waitFor(() => expect(path()).toBe('/login'))
      expect((router.state.location.search as { to?: string }).to).toBe(to === '/' ? undefined : to)
    },
  )

  it('send a member away from the log-in', async () => {
    fakeApi({
      'feed.explore': exploreFeed,
      'feed.home': async () => page([]),
      'members.suggested': async () => [],
    })
    const { path } = await renderRoute('/login', { me: ben })
    await waitFor(() => expect(path()).toBe('/'))
  })

  it('show what does not exist as such', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    await renderRoute('/a/b/c/d', { me: ben })
    expect(await screen.findByRole('heading', { name: 'Nothing hangs here' })).toBeDefined()
    expect(screen.getAllByRole('main')).toHaveLength(1)
    expect(rail().getByRole('link', { name: 'Home' })).toBeDefined()
    expect(screen.getByRole('link', { name: 'Go to the front page' })).toBeDefined()
  })
})

describe('the menu', () => {
  it('switches between light and dark', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderRoute('/explore', { me: ben })
    await user.click(rail().getByRole('button', { name: 'More' }))
    await user.click(await screen.findByRole('button', { name: 'Switch to dark' }))
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
    delete document.documentElement.dataset.theme
  })

  it('logs out, and forgets the member even when the server does not answer', async () => {
    const api = fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderRoute('/explore', { me: ben })
    localStorage.setItem('tintype.member', '{}')
    await user.click(rail().getByRole('button', { name: 'More' }))
    await user.click(await screen.findByRole('button', { name: 'Log out' }))
    await waitFor(() => expect(localStorage.getItem('tintype.session')).toBeNull())
    expect(localStorage.getItem('tintype.member')).toBeNull()
    expect(api.accounts.logout).toHaveBeenCalledOnce()
  })

  it('leads to follow requests only where there can be some', async () => {
    fakeApi({ 'feed.explore': exploreFeed })
    const { user } = await renderRoute('/explore', { me: ben })
    await user.click(rail().getByRole('button', { name: 'More' }))
    await screen.findByRole('button', { name: 'Settings' })
    expect(screen.queryByRole('button', { name: 'Follow requests' })).toBeNull()
  })
})
