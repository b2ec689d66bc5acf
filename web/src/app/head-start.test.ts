import { createMemoryHistory } from '@tanstack/react-router'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../data/query-client.ts'
import { fakeApi, later } from '../testing/fake-api.ts'
import { page, place } from '../testing/render-route.tsx'
import { apiPost } from '../testing/things.ts'
import { headStart } from './head-start.ts'
import { createAppRouter } from './router.tsx'

const router = createAppRouter(createMemoryHistory())
beforeEach(() => queryClient.clear())

const answers = () => ({
  'community.get': async () => place,
  'feed.home': async () => page([apiPost('p1')]),
  'feed.explore': async () => page([apiPost('p1')]),
  'feed.hashtag': async () => page([apiPost('p1')]),
  'feed.user': async () => page([apiPost('p1')]),
  'posts.get': async () => apiPost('p1'),
  'comments.list': async () => page([]),
  'members.profile': async () => ({ user_id: 'u1' }) as never,
})
const start = (path: string, isMember = true) =>
  headStart(router, queryClient, { path, isMember, sort: 'chronological' })

/** Which operations have been asked for. */
function askedOf(api: ReturnType<typeof fakeApi>): string[] {
  return Object.keys(answers()).filter((name) => {
    const [domain, operation] = name.split('.') as [string, string]
    const group = (api as unknown as Record<string, Record<string, ReturnType<typeof vi.fn>>>)[domain]
    return (group?.[operation]?.mock.calls.length ?? 0) > 0
  })
}

describe('the head start', () => {
  it.each([
    ['/explore', ['community.get', 'feed.explore']],
    ['/tags/fog', ['community.get', 'feed.hashtag']],
    ['/p/p1', ['community.get', 'posts.get', 'comments.list']],
    ['/ana', ['community.get', 'feed.user', 'members.profile']],
    ['/', ['community.get', 'feed.home']],
    ['/login', ['community.get', 'feed.explore']],
    ['/settings/profile', ['community.get']],
    ['/no/such/page', ['community.get']],
  ])('asks for what the screen at %s will need, and for nothing else', async (path, wanted) => {
    const api = fakeApi(answers())
    await start(path)
    expect(askedOf(api).sort()).toEqual([...wanted].sort())
  })

  it('asks side by side, the home feed in the order of this member', async () => {
    const held = later<never>()
    const api = fakeApi({ ...answers(), 'community.get': () => held.promise })
    const started = start('/')
    await vi.waitFor(() => expect(api.feed.home).toHaveBeenCalled())
    expect(vi.mocked(api.feed.home).mock.calls[0]?.[0]?.query).toMatchObject({ sort: 'chronological' })
    held.resolve(place as never)
    await started
  })

  it('brings a visitor who may not be there what the log-in needs', async () => {
    const api = fakeApi(answers())
    await start('/', false)
    expect(api.feed.home).not.toHaveBeenCalled()
  })

  it('reads names as they are meant, and breaks on none', async () => {
    const api = fakeApi(answers())
    await start('/tags/caf%C3%A9')
    expect(api.feed.hashtag).toHaveBeenLastCalledWith(expect.objectContaining({ params: { tag: 'café' } }))
    await expect(start('/tags/%E0%A4%A')).resolves.toBeUndefined()
  })

  it('fails no screen: what does not come is asked for again there', async () => {
    fakeApi({ 'community.get': async () => place })
    await expect(start('/explore')).resolves.toBeUndefined()
  })
})
