import { screen, waitFor } from '@testing-library/react'
import type { Collaborator, Post } from '@tintype/contract'
import { expect, it } from 'vitest'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { page } from '../../testing/render-route.tsx'
import { apiPost, meNamed, userHits, userNamed } from '../../testing/things.ts'
import { PostCard } from '../post/PostCard.tsx'

const viewer = { liked: false, saved: false, following: true, is_author: false }
const show = (post: Post, me = meNamed('ben')) =>
  renderApp(<PostCard postId={post.post_id} among={[post.post_id]} index={0} />, {
    me,
    seed: () => ingestPosts([post]),
  })
const summaryOf = (name: string) => {
  const { viewer: _, ...user } = userNamed(name)
  return user
}

it('asks whoever is to be an author above the post, and names both once they agree', async () => {
  const api = fakeApi({
    'collaborators.accept': async () => ({}),
    'posts.get': async () => apiPost('p1', 'ana', { viewer, collaborators: [summaryOf('ben')] }),
  })
  const { user } = await show(apiPost('p1', 'ana', { viewer: { ...viewer, invited: true } }))
  await user.click(await screen.findByRole('button', { name: 'Accept' }))
  expect(await screen.findByText('You are an author of it now')).toBeDefined()
  expect(api.collaborators.accept).toHaveBeenCalledWith({ params: { post_id: 'p1' } })
  expect((await screen.findByRole('link', { name: 'ben' })).getAttribute('href')).toBe('/ben')
  expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
})

it('lets its owner ask somebody and take them out, and an author leave', async () => {
  let authors: Collaborator[] = [{ user: userNamed('carla'), pending: true }]
  const own = { ...viewer, is_author: true }
  const api = fakeApi({
    'collaborators.list': async () => authors,
    'collaborators.remove': async () => {
      authors = []
      return authors
    },
    'collaborators.invite': async () => {
      authors = [{ user: userNamed('dora'), pending: true }]
      return authors
    },
    'search.find': async () => page(userHits('dora')),
    'posts.get': async () => apiPost('p1', 'ana', { viewer: own }),
  })
  const { user } = await show(apiPost('p1', 'ana', { viewer: own }), meNamed('ana'))
  await user.click(screen.getByRole('button', { name: 'Options for this post' }))
  await user.click(await screen.findByRole('button', { name: 'Authors' }))
  expect(await screen.findByText(/has not agreed yet/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: /Remove carla/ }))
  await waitFor(() => expect(screen.queryByText(/has not agreed yet/)).toBeNull())
  await user.type(screen.getByRole('searchbox'), 'dora')
  await user.click(await screen.findByRole('button', { name: /Add dora/ }))
  expect(await screen.findByText(/has not agreed yet/)).toBeDefined()
  const params = { post_id: 'p1', username: 'dora' }
  expect(api.collaborators.invite).toHaveBeenCalledWith({ params })
})
