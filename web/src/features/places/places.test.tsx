import { screen } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed } from '../../testing/things.ts'

const map = { width: 640, height: 240, land: 'M0,0L9,9Z', borders: '', x: 320, y: 120 }
const position = { lat: 41.1, lon: -8.6 }

it('shows where a place is and what was posted from there, however its name came in the address', async () => {
  const place = { name: 'São Bento', ...position }
  fakeApi({
    'places.get': async () => ({ place, posts_count: 2, map }),
    'places.posts': async () => page([apiPost('p1', 'ana'), apiPost('p2', 'ana')]),
  })
  await renderRoute('/places/sao%20bento', { me: meNamed('ben') })
  expect(await screen.findByRole('heading', { name: 'São Bento' })).toBeDefined()
  expect(screen.getByRole('img', { name: 'Map: where São Bento is' })).toBeDefined()
  expect(screen.getByText('2 posts')).toBeDefined()
  expect(await screen.findAllByRole('link', { name: /0 likes/ })).toHaveLength(2)
})

it('has no map where nobody knows where it is, and says that there is nothing where there is nothing', async () => {
  fakeApi({
    'places.get': () => Promise.reject(new TintypeError('not_found')),
    'places.posts': () => Promise.reject(new TintypeError('not_found')),
  })
  await renderRoute('/places/Atlantis', { me: meNamed('ben') })
  expect(await screen.findByText('Nothing from here')).toBeDefined()
  expect(screen.getByRole('heading', { name: 'Atlantis' })).toBeDefined()
  expect(screen.queryByRole('img', { name: /Map/ })).toBeNull()
})

it('is where the place above a post leads', async () => {
  fakeApi({
    'posts.get': async () => apiPost('p1', 'ana', { location: { name: 'The pier / north' } }),
    'comments.list': async () => page([]),
    'feed.user': async () => page([]),
  })
  await renderRoute('/p/p1', { me: meNamed('ben') })
  const link = await screen.findByRole('link', { name: 'The pier / north' })
  expect(link.getAttribute('href')).toBe('/places/The%20pier%20%2F%20north')
})
