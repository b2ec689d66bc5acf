import { screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { page } from '../../testing/render-route.tsx'
import { apiPost, meNamed, stranger, userNamed } from '../../testing/things.ts'
import { PostCard } from './PostCard.tsx'

beforeAll(() => import('./LikesDialog.tsx'), 60_000)

async function card(likes_count: number, me = meNamed('ben')) {
  const post = apiPost('p1', 'ana', { likes_count })
  return renderApp(<PostCard postId={post.post_id} among={[post.post_id]} index={0} />, {
    me,
    seed: () => ingestPosts([post]),
  })
}

async function openLikes() {
  const view = await card(2)
  await view.user.click(await screen.findByRole('button', { name: '2 likes' }))
  return { ...view, dialog: within(await screen.findByRole('dialog', { name: 'Likes' })) }
}

describe('who likes a post', () => {
  it('is listed, to follow and to visit', async () => {
    const api = fakeApi({
      'engagement.likes': async () => page([userNamed('carla'), userNamed('dora')]),
      'graph.follow': async () => ({ ...stranger, following: true }),
    })
    const { user, dialog, path } = await openLikes()
    await user.click(await dialog.findByRole('button', { name: 'Follow carla' }))
    expect(api.graph.follow).toHaveBeenCalledWith({ params: { username: 'carla' } })
    expect(await dialog.findByRole('button', { name: /Following carla/ })).toBeDefined()
    await user.click(dialog.getByRole('link', { name: /dora/ }))
    await waitFor(() => expect(path()).toBe('/dora'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('comes page by page', async () => {
    const likes = vi.fn(async ({ query }: { query?: { cursor?: string } }) =>
      query?.cursor ? page([userNamed('dora')]) : page([userNamed('carla')], 'next'),
    )
    fakeApi({ 'engagement.likes': likes as never })
    const { dialog } = await openLikes()
    expect(await dialog.findByText('dora')).toBeDefined()
    expect(likes).toHaveBeenCalledTimes(2)
  })

  it('says so when it cannot be read', async () => {
    fakeApi({ 'engagement.likes': () => Promise.reject(new TintypeError('internal')) })
    const { dialog } = await openLikes()
    expect(await dialog.findByText(new TintypeError('internal').message)).toBeDefined()
  })

  it('is nobody, where all have taken their likes back meanwhile', async () => {
    fakeApi({ 'engagement.likes': async () => page([]) })
    const { dialog } = await openLikes()
    expect(await dialog.findByText('No likes yet')).toBeDefined()
  })
})

it('a post that nobody likes asks a member to be the first, and tells a visitor', async () => {
  fakeApi({})
  const { unmount } = await card(0)
  expect(await screen.findByText('Be the first to like this')).toBeDefined()
  unmount()
  await card(0, null as never)
  expect(await screen.findByText('No likes yet')).toBeDefined()
})
