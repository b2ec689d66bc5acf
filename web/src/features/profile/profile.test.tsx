import { screen, waitFor, within } from '@testing-library/react'
import { type Profile, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, stranger, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben')

const profileOf = (username: string, fields: Partial<Profile> = {}): Profile => ({
  ...userNamed(username),
  profile_picture_variants: [],
  bio: 'Plates of #porto by @carla',
  link: 'https://www.example.org/',
  privacy_level: 'public',
  posts_count: 2,
  followers_count: 12_345,
  following_count: 7,
  created_at: '2026-01-01T00:00:00.000Z',
  is_self: username === 'ben',
  can_view_content: true,
  ...fields,
})

const posts = async () => page([apiPost('p1'), apiPost('p2')])
const nobody = async () => page([])

describe('a profile', () => {
  it('shows who it is, their numbers and their pictures', async () => {
    fakeApi({ 'members.profile': async () => profileOf('ana'), 'feed.user': posts, 'graph.mutual': nobody })
    await renderRoute('/ana', { me: ben })
    expect(await screen.findByRole('heading', { level: 2, name: 'ana' })).toBeDefined()
    expect(screen.getByTitle('12,345').textContent).toBe('12.3K')
    expect(screen.getByRole('link', { name: '#porto' }).getAttribute('href')).toBe('/tags/porto')
    expect(screen.getByRole('link', { name: 'example.org' }).getAttribute('rel')).toContain('nofollow')
    expect(await screen.findAllByRole('link', { name: /likes, 0 comments/ })).toHaveLength(2)
  })

  it('says who of those one follows follows them', async () => {
    const known = ['carla', 'dora', 'emil', 'finn'].map((name) => userNamed(name))
    fakeApi({
      'members.profile': async () => profileOf('ana'),
      'feed.user': posts,
      'graph.mutual': async () => page(known),
    })
    await renderRoute('/ana', { me: ben })
    expect(await screen.findByText('Followed by carla, dora and 2 others')).toBeDefined()
  })

  it('keeps a private account closed', async () => {
    const closed = { is_private: true, can_view_content: false, privacy_level: 'private' } as const
    const api = fakeApi({ 'members.profile': async () => profileOf('ana', closed) })
    await renderRoute('/ana', { me: ben })
    expect(await screen.findByRole('heading', { name: 'This account is private' })).toBeDefined()
    expect(screen.queryByRole('link', { name: /followers/ })).toBeNull()
    expect(api.feed.user).not.toHaveBeenCalled()
  })

  it('asked for by a name given up goes on to the one they have now', async () => {
    fakeApi({ 'members.profile': async () => profileOf('ana'), 'feed.user': posts, 'graph.mutual': nobody })
    const { path } = await renderRoute('/ana.before', { me: ben })
    expect(await screen.findByRole('heading', { level: 2, name: 'ana' })).toBeDefined()
    await waitFor(() => expect(path()).toBe('/ana'))
  })

  it('of nobody says so', async () => {
    fakeApi({ 'members.profile': () => Promise.reject(new TintypeError('not_found')) })
    await renderRoute('/nobody', { me: ben })
    expect(await screen.findByRole('heading', { name: 'Nobody by that name' })).toBeDefined()
  })

  it('of one’s own offers editing and what was saved', async () => {
    fakeApi({
      'members.profile': async () => profileOf('ben'),
      'feed.user': nobody,
      'feed.saved': async () => page([apiPost('p9')]),
    })
    const { user } = await renderRoute('/ben', { me: ben })
    expect(await screen.findByRole('link', { name: 'Edit profile' })).toBeDefined()
    expect(await screen.findByRole('heading', { name: 'Hang your first photograph' })).toBeDefined()
    await user.click(screen.getByRole('tab', { name: 'Saved' }))
    expect(await screen.findByRole('link', { name: /0 likes/ })).toBeDefined()
  })
})

describe('what one may do with a member', () => {
  const open = async (answers: Parameters<typeof fakeApi>[0], viewer = stranger) => {
    const api = fakeApi({
      'members.profile': async () => profileOf('ana', { viewer }),
      'feed.user': posts,
      'graph.mutual': nobody,
      ...answers,
    })
    const view = await renderRoute('/ana', { me: ben })
    await view.user.click(await screen.findByRole('button', { name: 'Options' }))
    await screen.findByRole('dialog', { name: 'Options' })
    return { api, ...view }
  }

  it('block, after a question', async () => {
    const blocking = { ...stranger, blocking: true }
    let viewer = stranger
    const { api, user } = await open({
      'members.profile': async () => profileOf('ana', { viewer }),
      'graph.block': async () => {
        viewer = blocking
        return blocking
      },
    })
    await user.click(screen.getByRole('button', { name: 'Block' }))
    const question = await screen.findByRole('alertdialog', { name: 'Block ana?' })
    expect(api.graph.block).not.toHaveBeenCalled()
    await user.click(within(question).getByRole('button', { name: 'Block' }))
    expect(await screen.findByRole('heading', { name: 'ana is blocked' })).toBeDefined()
  })

  it('mute', async () => {
    const { user } = await open({ 'graph.mute': async () => ({ ...stranger, muting: true }) })
    await user.click(screen.getByRole('button', { name: 'Mute' }))
    expect(await screen.findByText(/Their posts leave your feed/)).toBeDefined()
  })

  it('restrict', async () => {
    const { api, user } = await open({ 'graph.restrict': async () => ({ ...stranger, restricting: true }) })
    await user.click(screen.getByRole('button', { name: 'Restrict' }))
    expect(await screen.findByText(/Restricted\. Their comments on your posts wait/)).toBeDefined()
    expect(api.graph.restrict).toHaveBeenCalledWith({ params: { username: 'ana' } })
  })

  it('remove them from one’s followers, where they are one', async () => {
    const { api, user } = await open(
      { 'graph.removeFollower': async () => stranger },
      { ...stranger, followed_by: true },
    )
    await user.click(screen.getByRole('button', { name: 'Remove follower' }))
    await waitFor(() =>
      expect(api.graph.removeFollower).toHaveBeenCalledWith({ params: { username: 'ana' } }),
    )
  })
})

describe('followers', () => {
  it('open at their own address, can be searched, and close to the profile', async () => {
    const followers = vi.fn(async ({ query }: { query?: { q?: string } }) =>
      page(query?.q ? [userNamed('dora')] : [userNamed('carla'), userNamed('dora')]),
    )
    fakeApi({
      'members.profile': async () => profileOf('ana'),
      'feed.user': posts,
      'graph.mutual': nobody,
      'graph.followers': followers,
    })
    const { user, path } = await renderRoute('/ana/followers', { me: ben })
    const dialog = await screen.findByRole('dialog', { name: 'Followers' })
    expect(await within(dialog).findByText('carla')).toBeDefined()
    await user.type(within(dialog).getByRole('searchbox'), 'do')
    await waitFor(() => expect(within(dialog).queryByText('carla')).toBeNull())
    expect(within(dialog).getByText('dora')).toBeDefined()
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(path()).toBe('/ana'))
  })

  it('of one’s own can be removed', async () => {
    const api = fakeApi({
      'members.profile': async () => profileOf('ben'),
      'feed.user': posts,
      'graph.followers': async () =>
        page([userNamed('carla', { viewer: { ...stranger, followed_by: true } })]),
      'graph.removeFollower': async () => stranger,
    })
    const { user } = await renderRoute('/ben/followers', { me: ben })
    await user.click(await screen.findByRole('button', { name: /Remove carla/ }))
    expect(await screen.findByRole('button', { name: 'Follow carla' })).toBeDefined()
    expect(api.graph.removeFollower).toHaveBeenCalledOnce()
  })

  it('of another word than those we know are not found', async () => {
    fakeApi({ 'members.profile': async () => profileOf('ana'), 'feed.user': posts, 'graph.mutual': nobody })
    await renderRoute('/ana/nonsense', { me: ben })
    expect(await screen.findByRole('heading', { name: 'Nothing hangs here' })).toBeDefined()
  })
})

it('has what one put away in a tab of one’s own profile, and what is pinned marked', async () => {
  const viewer = { liked: false, saved: false, following: false, is_author: true }
  let archived = [apiPost('p3', 'ben', { viewer, status: 'archived' })]
  const api = fakeApi({
    'members.profile': async () => profileOf('ben'),
    'feed.user': async () =>
      page([apiPost('p1', 'ben', { viewer, pinned: true }), apiPost('p2', 'ben', { viewer })]),
    'postShelf.archived': async () => page(archived),
    'postShelf.restore': async () => {
      archived = []
      return apiPost('p3', 'ben', { viewer })
    },
    'posts.get': async () => apiPost('p3', 'ben', { viewer, status: 'archived' }),
    'comments.list': nobody,
    'commentReview.held': nobody,
  })
  const { user } = await renderRoute('/ben', { me: ben })
  expect(await screen.findAllByRole('link', { name: /pinned/ })).toHaveLength(1)
  await user.click(screen.getByRole('tab', { name: 'Archive' }))
  await waitFor(() => expect(screen.getAllByRole('link', { name: /likes/ })).toHaveLength(1))
  await user.click(screen.getByRole('link', { name: /likes/ }))
  expect(await screen.findByText('Archived: only you see this post.')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
  await user.click(await screen.findByRole('button', { name: 'Show on profile' }))
  expect(await screen.findByText('Back where it was')).toBeDefined()
  expect(api.postShelf.restore).toHaveBeenCalledWith({ params: { post_id: 'p3' } })
  expect(await screen.findByText('Nothing put away')).toBeDefined()
})
