import { screen, waitFor, within } from '@testing-library/react'
import type { NamedHit, RecentSearch, SearchHit } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, tagHits, userHits, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben')
const porto = { type: 'place', place_id: 'porto', place: { name: 'Porto' }, posts_count: 1 } as const
const idle = {
  'search.recents': async (): Promise<RecentSearch[]> => [],
  'members.suggested': async () => [userNamed('carla')],
  'search.addRecent': async () => ({}),
}
const posts = (...ids: string[]): SearchHit[] => ids.map((id) => ({ type: 'post', post: apiPost(id) }))
const found = (hits: Partial<Record<string, readonly SearchHit[]>>) => ({
  ...idle,
  'search.autocomplete': async () => (hits.names ?? []) as NamedHit[],
  'search.find': async (input?: { query?: { type?: string } }) =>
    page([...(hits[input?.query?.type ?? ''] ?? [])]),
})
const field = () => screen.findByRole<HTMLInputElement>('searchbox')
const tab = (name: string) => screen.findByRole('tab', { name })

it('begins with what can be searched for, and people one may want to follow', async () => {
  fakeApi(idle)
  await renderRoute('/search', { me: ben })
  expect(await screen.findByRole('heading', { name: 'What are you looking for?' })).toBeDefined()
  expect(await screen.findByText('carla')).toBeDefined()
})

it('answers while one types, and never with what an earlier text found', async () => {
  const slow = later<NamedHit[]>()
  const api = fakeApi({
    ...found({}),
    'search.autocomplete': (input) => (input?.query?.q === 'an' ? slow.promise : userHits('anton')),
  })
  const { user, router } = await renderRoute('/search', { me: ben })
  await user.type(await field(), 'an')
  await waitFor(() => expect(api.search.autocomplete).toHaveBeenCalledTimes(1))
  await user.type(await field(), 't')
  expect(await screen.findByText('anton')).toBeDefined()
  slow.resolve(userHits('ana'))
  await slow.promise
  await waitFor(() => expect(router.state.location.search).toEqual({ q: 'ant' }))
  expect(screen.queryByText('ana')).toBeNull()
})

it('shows people, tags, places and posts, each under its tab, which the address keeps', async () => {
  fakeApi(
    found({
      names: [...userHits('porter'), ...tagHits('portrait'), porto],
      users: userHits('porter', 'portia'),
      posts: posts('p1', 'p2'),
      hashtags: tagHits('portrait', 'port'),
    }),
  )
  const { user, router } = await renderRoute('/search?q=port', { me: ben })
  expect((await field()).value).toBe('port')
  for (const name of ['porter', '#portrait', 'Porto', '1 post'])
    expect(await screen.findByText(name)).toBeDefined()
  expect(await screen.findByRole('list', { name: 'Posts' })).toBeDefined()
  await user.click(await tab('People'))
  expect(await screen.findByText('portia')).toBeDefined()
  expect(router.state.location.search).toEqual({ q: 'port', tab: 'users' })
  await user.keyboard('{ArrowRight}{ArrowRight}')
  expect(await screen.findByText('#port')).toBeDefined()
  await user.click(await tab('Places'))
  expect(await screen.findByRole('heading', { name: 'No place called “port”' })).toBeDefined()
})

it('says when nothing matches, and tries again where it could not be asked', async () => {
  let isDown = true
  fakeApi({
    ...found({}),
    'search.autocomplete': async () => {
      if (isDown) throw new Error('down')
      return []
    },
  })
  const { user } = await renderRoute('/search?q=zzz', { me: ben })
  const retry = await screen.findByRole('button', { name: 'Try again' }, { timeout: 8000 })
  isDown = false
  await user.click(retry)
  expect(await screen.findByRole('heading', { name: 'Nothing matches “zzz”' })).toBeDefined()
})

it('is used by keys alone: down to what was found, up and Escape back to the field', async () => {
  fakeApi(found({ names: userHits('ana', 'anton') }))
  const { user, path } = await renderRoute('/search?q=an', { me: ben })
  await screen.findByText('anton')
  await user.click(await field())
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(document.activeElement?.textContent).toContain('anton')
  await user.keyboard('{ArrowUp}{ArrowUp}')
  expect(document.activeElement).toBe(await field())
  await user.keyboard('{ArrowDown}{Escape}')
  expect(document.activeElement).toBe(await field())
  await user.keyboard('{ArrowDown}{Enter}')
  await waitFor(() => expect(path()).toBe('/ana'))
})

it('jumps to a tag that was typed, and keeps what was searched for', async () => {
  const api = fakeApi({ ...found({}), 'feed.hashtag': async () => page([apiPost('p1')]) })
  const { user, path } = await renderRoute('/search', { me: ben })
  await user.type(await field(), 'fog{Enter}')
  expect(vi.mocked(api.search.addRecent).mock.calls[0]?.[0]).toEqual({ body: { q: 'fog' } })
  await user.clear(await field())
  await user.type(await field(), '#Porto{Enter}')
  await waitFor(() => expect(path()).toBe('/tags/porto'))
})

it('offers recent searches again, and forgets them one by one or all at once', async () => {
  const recents = [
    { recent_id: 'r1', q: 'fog', hit: null },
    { recent_id: 'r2', q: null, hit: userHits('ana')[0] },
    { recent_id: 'r3', q: null, hit: porto },
  ] as RecentSearch[]
  const api = fakeApi({
    ...found({ names: tagHits('foggy') }),
    'search.recents': async () => recents,
    'search.removeRecent': async () => ({}),
    'search.clearRecents': async () => ({}),
  })
  const { user, router } = await renderRoute('/search', { me: ben })
  const list = within(await screen.findByRole('region', { name: 'Recent' }))
  expect(list.getAllByRole('listitem')).toHaveLength(3)
  await user.click(list.getByRole('button', { name: 'Forget ana' }))
  await waitFor(() => expect(list.queryByText('ana')).toBeNull())
  expect(api.search.removeRecent).toHaveBeenCalledWith({ params: { recent_id: 'r2' } })
  await user.click(list.getByRole('button', { name: 'fog' }))
  expect(await screen.findByText('#foggy')).toBeDefined()
  expect(router.state.location.search).toEqual({ q: 'fog' })
  await user.clear(await field())
  await user.click(await screen.findByRole('button', { name: 'Clear all' }))
  expect(await screen.findByRole('heading', { name: 'What are you looking for?' })).toBeDefined()
  expect(api.search.clearRecents).toHaveBeenCalledTimes(1)
})
