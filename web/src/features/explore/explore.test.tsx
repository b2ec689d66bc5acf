import { screen, waitFor, within } from '@testing-library/react'
import type { ExploreReason, Post } from '@tintype/contract'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../../testing/things.ts'

beforeAll(
  () => Promise.all([import('../../things/post/PostMenu.tsx'), import('../../ui/ActionMenuPanel.tsx')]),
  120_000,
)
const because = (post: Post, why: Partial<ExploreReason>) => ({
  ...post,
  viewer: { ...post.viewer, following: false },
  why: { kind: 'new' as const, names: [], others: 0, about: null, ...why },
})
const posts = [
  because(apiPost('p1', 'ana'), { kind: 'liked_by', names: ['cleo', 'dora'], others: 2 }),
  because(apiPost('p2', 'ben'), { kind: 'similar', about: 'eva' }),
  because(apiPost('p3', 'ben'), { kind: 'hashtag', about: 'pier' }),
]

describe('explore', () => {
  it('opens into a list that goes on below the post, each with why it is there', async () => {
    fakeApi({ 'feed.explore': async () => page(posts) })
    const { path } = await renderRoute('/explore/p2', { me: meNamed('kim') })
    const feed = within(await screen.findByRole('feed', { name: 'Explore' }))
    expect(await feed.findByText('Because you liked a post by eva')).toBeDefined()
    expect(feed.queryByText('Liked by cleo, dora, and 2 others')).toBeNull()
    expect(path()).toBe('/explore/p2')
  })

  it('says why from a post’s menu, and takes out what one is not interested in until that is taken back', async () => {
    const api = fakeApi({
      'feed.explore': async () => page(posts),
      'explore.refusePost': async () => ({ not_interested: true }),
      'explore.allowPost': async () => ({ not_interested: false }),
    })
    const { user } = await renderRoute('/explore/p1', { me: meNamed('kim') })
    const choose = async (name: string) => {
      const [options] = await screen.findAllByRole('button', { name: 'Options for this post' })
      await user.click(options as HTMLElement)
      await user.click(await screen.findByRole('button', { name }))
    }
    await choose('Why am I seeing this?')
    const dialog = within(await screen.findByRole('dialog', { name: 'Why you see this' }))
    expect(dialog.getByText('Liked by cleo, dora, and 2 others')).toBeDefined()
    await user.keyboard('{Escape}')
    await choose('Not interested')
    await waitFor(() => expect(screen.queryByText('Liked by cleo, dora, and 2 others')).toBeNull())
    expect(vi.mocked(api.explore.refusePost).mock.calls[0]?.[0]?.params.post_id).toBe('p1')
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Liked by cleo, dora, and 2 others')).toBeDefined()
    expect(api.explore.allowPost).toHaveBeenCalled()
  })
})

describe('suggested people', () => {
  it('name those through whom one knows them, and go when dismissed', async () => {
    const why = { kind: 'mutuals' as const, names: ['ana'], others: 3 }
    const api = fakeApi({
      'feed.home': async () => page([]),
      'members.suggested': async () => [{ ...userNamed('carla'), why }, userNamed('dina')],
      'explore.dismissSuggestion': async () => ({}),
    })
    const { user } = await renderRoute('/', { me: meNamed('kim') })
    expect(await screen.findByText('Followed by ana and 3 others')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Do not suggest carla' }))
    await waitFor(() => expect(screen.queryByText('Followed by ana and 3 others')).toBeNull())
    expect(screen.getByRole('button', { name: 'Follow dina' })).toBeDefined()
    expect(vi.mocked(api.explore.dismissSuggestion).mock.calls[0]?.[0]?.params.username).toBe('carla')
  })
})
