import { screen, waitFor, within } from '@testing-library/react'
import type { TaggedPerson } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { page } from '../../testing/render-route.tsx'
import { apiPost, mediaOf, meNamed, userHits, userNamed } from '../../testing/things.ts'
import { PostCard } from '../post/PostCard.tsx'

const media = mediaOf('m1')
const tagOf = (name: string): TaggedPerson => ({
  media_id: media.media_id,
  user: userNamed(name),
  x: 0.5,
  y: 0.5,
})
const card = (fields: Parameters<typeof apiPost>[2], me = meNamed('ben')) => {
  const post = apiPost('p1', 'ana', { media: [media], tagged: true, ...fields })
  const element = <PostCard postId={post.post_id} among={[post.post_id]} index={0} />
  return renderApp(element, { me, seed: () => ingestPosts([post]) })
}
async function openPeople(user: Awaited<ReturnType<typeof card>>['user'], item: string) {
  await user.click(screen.getByRole('button', { name: 'Options for this post' }))
  await user.click(await screen.findByRole('button', { name: item }))
}

it('shows who is in a picture when asked, and lets them take themselves out', async () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(300)
  const api = fakeApi({
    'photoTags.list': async () => [tagOf('ben'), tagOf('carla')],
    'photoTags.leave': async () => ({}),
    'posts.get': async () => apiPost('p1', 'ana', { media: [media] }),
  })
  const { user } = await card({})
  expect(screen.queryByRole('link', { name: 'carla' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Who is in it' }))
  const names = within(await screen.findByRole('list', { name: 'People in this photo' }))
  expect((await names.findByRole('link', { name: 'carla' })).getAttribute('href')).toBe('/carla')
  await openPeople(user, 'People in this photo')
  await user.click(await screen.findByRole('button', { name: 'Remove me' }))
  expect(await screen.findByText('You are not tagged there any more')).toBeDefined()
  expect(api.photoTags.leave).toHaveBeenCalledWith({ params: { post_id: 'p1' } })
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Who is in it' })).toBeNull())
})

it('lets the author say who is where, by a press or by keyboard', async () => {
  const api = fakeApi({
    'photoTags.list': async () => [tagOf('carla')],
    'search.find': async () => page(userHits('dora')),
    'photoTags.set': async () => [tagOf('dora')],
    'posts.get': async () => apiPost('p1', 'ana', { media: [media], tagged: true }),
  })
  const viewer = { liked: false, saved: false, following: false, is_author: true }
  const { user } = await card({ viewer }, meNamed('ana'))
  await openPeople(user, 'Tag people')
  await user.click(await screen.findByRole('button', { name: 'Take carla out' }))
  screen.getByRole('button', { name: 'Tag somebody in picture 1' }).focus()
  await user.keyboard('{Enter}')
  await user.type(await screen.findByRole('searchbox'), 'do')
  await user.click(await screen.findByRole('button', { name: 'Add dora' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('People saved')).toBeDefined()
  expect(api.photoTags.set).toHaveBeenCalledWith({
    params: { post_id: 'p1' },
    body: { people: [{ username: 'dora', picture: 0, x: 0.5, y: 0.5 }] },
  })
})
