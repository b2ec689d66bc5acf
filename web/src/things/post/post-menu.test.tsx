import { screen, waitFor, within } from '@testing-library/react'
import { type Post, TintypeError } from '@tintype/contract'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { entities } from '../../data/entities/entities.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { homeFeed } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { apiPost, mediaOf, meNamed, stranger } from '../../testing/things.ts'
import { PostCard } from './PostCard.tsx'
import { postUrl } from './share.ts'

beforeAll(() => Promise.all([import('./PostMenu.tsx'), import('../../ui/ActionMenuPanel.tsx')]), 120_000)
const writeText = vi.fn(async (_text: string) => undefined)
beforeEach(() => {
  writeText.mockClear()
})

async function menuOf(fields: Partial<Post> = {}, me = meNamed('ben')) {
  const post = apiPost('p1', 'ana', fields)
  const element = <PostCard postId={post.post_id} among={[post.post_id]} index={0} />
  const view = await renderApp(element, { me, seed: () => ingestPosts([post]) })
  await view.user.click(await screen.findByRole('button', { name: 'Options for this post' }))
  const menu = within(await screen.findByRole('dialog', { name: 'Options for this post' }))
  const choose = async (name: string) => view.user.click(menu.getByRole('button', { name }))
  const names = () => menu.getAllByRole('button').map((button) => button.textContent)
  return { ...view, post, choose, names }
}
const relationship = () => entities.get('users', apiPost('p1').user.user_id)?.viewer

describe('the menu of somebody’s post', () => {
  it('leads to the post', async () => {
    fakeApi({})
    const { choose, path } = await menuOf()
    await choose('Go to post')
    await waitFor(() => expect(path()).toBe('/p/p1'))
  })

  it('copies its link', async () => {
    fakeApi({})
    const { choose, post } = await menuOf()
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    await choose('Copy link')
    await waitFor(() => expect(writeText).toHaveBeenCalledWith(postUrl(post.post_id)))
  })

  it('adds its author to the favourites, and snoozes them until that is taken back', async () => {
    const api = fakeApi({
      'feed.favourites': async () => [],
      'feed.addFavourite': async () => ({ favourite: true }),
      'graph.snooze': async () => ({ ...stranger, muting: true }),
      'graph.unmute': async () => stranger,
    })
    const first = await menuOf()
    await first.choose('Add ana to favourites')
    expect(await screen.findByText('ana is among your favourites')).toBeDefined()
    expect(api.feed.addFavourite).toHaveBeenCalledWith({ params: { username: 'ana' } })
    await first.user.click(screen.getByRole('button', { name: 'Options for this post' }))
    await first.user.click(await screen.findByRole('button', { name: 'Snooze ana for 30 days' }))
    expect(relationship()?.muting).toBe(true)
    await first.user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(relationship()?.muting).toBe(false))
  })

  it('says what its place comes of, and changes what counts', async () => {
    const points = { popularity: 4, affinity: 1.25, recency: 8.04 }
    const api = fakeApi({
      'feed.favourites': async () => [],
      'feed.why': async () => ({
        hashtag: null,
        points,
        likes_count: 4,
        comments_count: 0,
        reposts_count: 0,
        age_seconds: 60,
        interactions: 3,
      }),
      'feed.weights': async () => ({ popularity: 100, affinity: 100, recency: 100 }),
      'feed.changeWeights': async ({ body }) => body,
    })
    const { choose, user } = await menuOf({ viewer: { ...apiPost('p1').viewer, following: true } })
    await choose('Why am I seeing this?')
    expect(await screen.findByText(/This post has 13\.3/)).toBeDefined()
    expect(screen.getByText('What you liked, commented on and saved of ana: 3')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'As it was' }))
    const body = { popularity: 100, affinity: 100, recency: 100 }
    await waitFor(() => expect(api.feed.changeWeights).toHaveBeenCalledWith({ body }))
  })

  it('mutes its author, and says that they are not told', async () => {
    const api = fakeApi({ 'graph.mute': async () => ({ ...stranger, following: true, muting: true }) })
    const { choose } = await menuOf()
    await choose('Mute ana')
    expect(await screen.findByText(/Muted\. Their posts leave your feed/)).toBeDefined()
    expect(api.graph.mute).toHaveBeenCalledWith({ params: { username: 'ana' } })
    expect(relationship()).toMatchObject({ muting: true })
  })

  it('unfollows, and takes it back where the server refuses', async () => {
    fakeApi({ 'graph.unfollow': () => Promise.reject(new TintypeError('rate_limited')) })
    const { choose } = await menuOf()
    await choose('Unfollow ana')
    expect(await screen.findByText(new TintypeError('rate_limited').message)).toBeDefined()
    expect(relationship()).toMatchObject({ following: true })
  })

  it('offers to follow whom one does not', async () => {
    const api = fakeApi({ 'graph.follow': async () => ({ ...stranger, following: true }) })
    const { choose } = await menuOf({ viewer: { ...apiPost('x').viewer, following: false } })
    await choose('Follow ana')
    await waitFor(() => expect(relationship()).toMatchObject({ following: true }))
    expect(api.graph.follow).toHaveBeenCalledOnce()
  })

  it('blocks after a question; the post is gone then', async () => {
    const api = fakeApi({ 'graph.block': async () => ({ ...stranger, blocking: true }) })
    const { user, choose, post } = await menuOf()
    await choose('Block ana')
    const question = within(await screen.findByRole('alertdialog', { name: 'Block ana?' }))
    expect(api.graph.block).not.toHaveBeenCalled()
    await user.click(question.getByRole('button', { name: 'Block' }))
    await waitFor(() => expect(entities.isGone('posts', post.post_id)).toBe(true))
  })

  it('offers a visitor only what needs no member', async () => {
    fakeApi({})
    const { names } = await menuOf({}, null as never)
    expect(names()).toEqual(['Go to post', 'Copy link', 'Cancel'])
  })
})

describe('the menu of a post of one’s own', () => {
  const own = { viewer: { liked: false, saved: false, following: false, is_author: true } }

  it('turns comments off, and on again', async () => {
    const edited = apiPost('p1', 'ana', { ...own, comments_enabled: false })
    const api = fakeApi({ 'posts.edit': async () => edited })
    const { choose, post } = await menuOf(own)
    await choose('Turn off comments')
    expect(await screen.findByText('Comments are off')).toBeDefined()
    expect(api.posts.edit).toHaveBeenCalledWith({
      params: { post_id: post.post_id },
      body: { comments_enabled: false },
    })
    expect(entities.get('posts', post.post_id)?.comments_enabled).toBe(false)
  })

  it('says why comments stay on', async () => {
    fakeApi({ 'posts.edit': () => Promise.reject(new TintypeError('unavailable')) })
    const { choose, post } = await menuOf(own)
    await choose('Turn off comments')
    expect(await screen.findByText(new TintypeError('unavailable').message)).toBeDefined()
    expect(entities.get('posts', post.post_id)?.comments_enabled).toBe(true)
  })

  it('downloads every original', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue()
    const api = fakeApi({
      'media.original': async () => ({ url: '/objects/original', expires_at: '' }) as never,
    })
    const { choose } = await menuOf({ ...own, media: [mediaOf('a'), mediaOf('b')] })
    await choose('Download original')
    await waitFor(() => expect(click).toHaveBeenCalledTimes(2))
    expect(vi.mocked(api.media.original).mock.calls.map(([input]) => input.params.media_id)).toEqual([
      'a',
      'b',
    ])
  })

  it('archives it, which takes it out of every list, and pins it', async () => {
    const { post_id } = apiPost('p1')
    const api = fakeApi({
      'postShelf.pin': async () => apiPost('p1', 'ana', { ...own, pinned: true }),
      'postShelf.archive': async () => apiPost('p1', 'ana', { ...own, status: 'archived' }),
    })
    const { choose, user } = await menuOf(own)
    queryClient.setQueryData(homeFeed('ranked').queryKey, {
      pages: [{ ids: [post_id], next_cursor: null }],
      pageParams: [null],
    })
    await choose('Pin to profile')
    expect(await screen.findByText('Pinned to your profile')).toBeDefined()
    expect(entities.get('posts', post_id)?.pinned).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Options for this post' }))
    await user.click(await screen.findByRole('button', { name: 'Archive' }))
    expect(await screen.findByText('Archived: only you see it now')).toBeDefined()
    expect(api.postShelf.archive).toHaveBeenCalledWith({ params: { post_id } })
    expect(entities.get('posts', post_id)?.status).toBe('archived')
    expect(queryClient.getQueryData(homeFeed('ranked').queryKey)?.pages[0]?.ids).toEqual([])
  })

  it('says so where a post could not be deleted, and keeps it', async () => {
    fakeApi({ 'posts.delete': () => Promise.reject(new TintypeError('unavailable')) })
    const { user, choose, post } = await menuOf(own)
    await choose('Delete')
    const question = within(await screen.findByRole('alertdialog', { name: 'Delete this post?' }))
    await user.click(question.getByRole('button', { name: 'Delete' }))
    expect(await screen.findByText(new TintypeError('unavailable').message)).toBeDefined()
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(entities.isGone('posts', post.post_id)).toBe(false)
  })
})
