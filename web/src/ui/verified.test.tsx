import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fakeApi } from '../testing/fake-api.ts'
import { page, renderRoute } from '../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../testing/things.ts'

it('stands beside the name of whom the community has verified, and of nobody else', async () => {
  const post = (id: string, name: string, is_verified: boolean) => {
    const { viewer: _, ...user } = userNamed(name, { is_verified })
    return apiPost(id, name, { user })
  }
  fakeApi({
    'feed.home': async () => page([post('p1', 'ana', true), post('p2', 'cleo', false)]),
    'stories.feed': async () => page([]),
  })
  await renderRoute('/', { me: meNamed('ben') })
  expect(await screen.findByRole('link', { name: /^ana ?Verified$/ })).toBeDefined()
  expect(screen.getByRole('link', { name: 'cleo' })).toBeDefined()
})
