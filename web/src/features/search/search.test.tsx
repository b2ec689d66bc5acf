import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben')
const suggested = async () => [userNamed('carla')]

it('begins with people one may want to follow', async () => {
  fakeApi({ 'members.suggested': suggested })
  await renderRoute('/search', { me: ben })
  expect(await screen.findByRole('heading', { name: 'Who are you looking for?' })).toBeDefined()
  expect(await screen.findByText('carla')).toBeDefined()
})

it('finds people by the beginning of a name, and keeps what was typed in the address', async () => {
  const api = fakeApi({
    'members.suggested': suggested,
    'members.find': async () => page([userNamed('ana'), userNamed('anton')]),
  })
  const { user, router } = await renderRoute('/search', { me: ben })
  await user.type(await screen.findByRole('searchbox'), 'an')
  expect(await screen.findByText('anton')).toBeDefined()
  expect(router.state.location.search).toEqual({ q: 'an' })
  expect(vi.mocked(api.members.find).mock.calls.at(-1)?.[0]?.query).toMatchObject({ q: 'an' })
  expect(screen.getByText('2 people')).toBeDefined()
})

it('finds again what the address says', async () => {
  fakeApi({ 'members.suggested': suggested, 'members.find': async () => page([userNamed('ana')]) })
  await renderRoute('/search?q=ana', { me: ben })
  expect((await screen.findByRole<HTMLInputElement>('searchbox')).value).toBe('ana')
  expect(await screen.findByText('Ana Example')).toBeDefined()
})

it('says when there is nobody', async () => {
  fakeApi({ 'members.suggested': suggested, 'members.find': async () => page([]) })
  await renderRoute('/search?q=zzz', { me: ben })
  expect(await screen.findByRole('heading', { name: 'Nobody called “zzz”' })).toBeDefined()
})

it('offers tags that posts have, and no others', async () => {
  fakeApi({
    'members.suggested': suggested,
    'members.find': async () => page([userNamed('porter')]),
    'posts.findHashtags': async () => [{ tag: 'portrait' }],
  })
  await renderRoute('/search?q=port', { me: ben })
  expect(await screen.findByText('porter')).toBeDefined()
  expect(screen.getByText('#portrait')).toBeDefined()
  expect(screen.queryByText('#port')).toBeNull()
})

it('says when no tag begins so', async () => {
  fakeApi({ 'members.suggested': suggested, 'posts.findHashtags': async () => [] })
  await renderRoute('/search?q=%23zzz', { me: ben })
  expect(await screen.findByRole('heading', { name: 'No tag begins with “#zzz”' })).toBeDefined()
})

it('jumps to a tag', async () => {
  const api = fakeApi({ 'members.suggested': suggested, 'feed.hashtag': async () => page([apiPost('p1')]) })
  const { user, path } = await renderRoute('/search', { me: ben })
  await user.type(await screen.findByRole('searchbox'), '#Porto{Enter}')
  await waitFor(() => expect(path()).toBe('/tags/porto'))
  expect(await screen.findByRole('heading', { name: '#porto' })).toBeDefined()
  await waitFor(() => expect(api.feed.hashtag).toHaveBeenCalled())
})
