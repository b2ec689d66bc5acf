import { act, screen, waitFor } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newPosts } from '../../data/new-posts.ts'
import { announcePost } from '../../data/posts.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben')
const suggested = async () => [userNamed('carla')]
afterEach(() => newPosts.clear())

describe('home', () => {
  it('shows what the people one follows have posted, and that one has seen it all', async () => {
    fakeApi({
      'members.suggested': suggested,
      'feed.home': async () => page([apiPost('p1', 'ana', { caption: 'At the harbour' })]),
    })
    await renderRoute('/', { me: ben })
    expect(await screen.findByText('At the harbour')).toBeDefined()
    expect(screen.getByRole('feed', { name: 'Posts' })).toBeDefined()
    expect(screen.getByRole('heading', { name: 'You’re all caught up' })).toBeDefined()
  })

  it('remembers in which order', async () => {
    const api = fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page([]) })
    const { user } = await renderRoute('/', { me: ben })
    await user.click(await screen.findByRole('radio', { name: 'Latest' }))
    await waitFor(() =>
      expect(vi.mocked(api.feed.home).mock.calls.at(-1)?.[0]?.query).toMatchObject({ sort: 'chronological' }),
    )
    expect(localStorage.getItem('tintype.sort')).toBe('chronological')
  })

  it('has a feed of favourites alone, and says how to have some', async () => {
    const api = fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page([]) })
    const { user } = await renderRoute('/', { me: ben })
    await user.click(await screen.findByRole('radio', { name: 'Favourites' }))
    expect(await screen.findByRole('heading', { name: 'No favourites yet' })).toBeDefined()
    expect(vi.mocked(api.feed.home).mock.calls.at(-1)?.[0]?.query).toMatchObject({ sort: 'favourites' })
    expect(localStorage.getItem('tintype.sort')).toBe('favourites')
  })

  it('says of a post that it is there for a hashtag', async () => {
    const post = { ...apiPost('p1', 'ana'), hashtag: 'pier' }
    fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page([post]) })
    await renderRoute('/', { me: ben })
    expect((await screen.findByRole('link', { name: 'You follow #pier' })).getAttribute('href')).toBe(
      '/tags/pier',
    )
  })

  it('offers people to follow where there is nothing yet', async () => {
    fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page([]) })
    await renderRoute('/', { me: ben })
    expect(await screen.findByRole('heading', { name: 'Your wall is waiting' })).toBeDefined()
    expect(await screen.findByRole('button', { name: 'Follow carla' })).toBeDefined()
  })

  it('asks the only member for a photograph', async () => {
    fakeApi({ 'members.suggested': async () => [], 'feed.home': async () => page([]) })
    await renderRoute('/', { me: ben, instance: { members_count: 1 } })
    expect(await screen.findByRole('button', { name: 'Share a photograph' })).toBeDefined()
  })

  it('says that new posts wait, and brings them', async () => {
    let posts = [apiPost('p1', 'ana', { caption: 'Old' })]
    fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page(posts) })
    const { user } = await renderRoute('/', { me: ben })
    await screen.findByText('Old')
    posts = [apiPost('p2', 'ana', { caption: 'Fresh' }), ...posts]
    act(() => newPosts.add(1))
    await user.click(await screen.findByRole('button', { name: '1 new post' }))
    expect(await screen.findByText('Fresh')).toBeDefined()
    expect(screen.queryByRole('button', { name: '1 new post' })).toBeNull()
  })

  it('shows a post of one’s own at the top as soon as it is made', async () => {
    fakeApi({
      'members.suggested': suggested,
      'feed.home': async () => page([apiPost('p1', 'ana', { caption: 'Old' })]),
    })
    await renderRoute('/', { me: ben })
    await screen.findByText('Old')
    act(() => announcePost(apiPost('p2', 'ben', { caption: 'Mine', status: 'processing' })))
    await waitFor(() => expect(screen.getAllByRole('article')[0]?.textContent).toContain('Mine'))
    expect(screen.getByText(/Developing/)).toBeDefined()
  })

  it('says what is wrong and tries again', async () => {
    let works = false
    fakeApi({
      'members.suggested': suggested,
      'feed.home': async () => {
        if (!works) throw new TintypeError('internal')
        return page([apiPost('p1', 'ana', { caption: 'At last' })])
      },
    })
    const { user } = await renderRoute('/', { me: ben })
    const again = await screen.findByRole('button', { name: 'Try again' })
    works = true
    await user.click(again)
    expect(await screen.findByText('At last')).toBeDefined()
  })
})

describe('keys in the feed', () => {
  it('walk the posts and act on the one they stand on', async () => {
    const api = fakeApi({
      'members.suggested': suggested,
      'feed.home': async () => page([apiPost('p1'), apiPost('p2')]),
      'engagement.like': async () => ({ liked: true, likes_count: 1 }),
      'engagement.save': async () => ({ saved: true }),
    })
    const { user } = await renderRoute('/', { me: ben })
    await screen.findAllByRole('article')
    await user.keyboard('j')
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.post).toBeDefined())
    const here = (document.activeElement as HTMLElement).dataset.post
    await user.keyboard('ls')
    await waitFor(() => expect(api.engagement.save).toHaveBeenCalledWith({ params: { post_id: here } }))
    expect(api.engagement.like).toHaveBeenCalledWith({ params: { post_id: here } })
    await user.keyboard('c')
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
  })

  it('are explained by a question mark', async () => {
    fakeApi({ 'members.suggested': suggested, 'feed.home': async () => page([]) })
    const { user } = await renderRoute('/', { me: ben })
    await screen.findByRole('heading', { name: 'Your wall is waiting' })
    await user.keyboard('?')
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined()
  })
})
