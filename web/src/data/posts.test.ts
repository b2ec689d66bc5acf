import { InfiniteQueryObserver } from '@tanstack/react-query'
import { TintypeError } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../testing/fake-api.ts'
import { page } from '../testing/render-route.tsx'
import { apiPost } from '../testing/things.ts'
import { entities } from './entities/entities.ts'
import { idsOf } from './paged-list.ts'
import {
  announcePost,
  homeFeed,
  refreshPost,
  reloadFromTop,
  storedSort,
  storeSort,
  userFeed,
} from './posts.ts'
import { queryClient } from './query-client.ts'

const list = homeFeed('ranked')
const shown = () => idsOf(queryClient.getQueryData(list.queryKey))

beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  entities.clear()
})

describe('a list of posts', () => {
  const pages = { first: page([apiPost('p1'), apiPost('p2')], 'next'), next: page([apiPost('p3')]) }
  const homeFeedOf = async ({ query }: { query?: { cursor?: string } } = {}) =>
    query?.cursor ? pages.next : pages.first

  it('holds ids; the things are in the store', async () => {
    fakeApi({ 'feed.home': homeFeedOf })
    await queryClient.fetchInfiniteQuery({ ...list, pages: 2 })
    expect(shown()).toEqual(['p1', 'p2', 'p3'])
    expect(entities.get('posts', 'p3' as never)?.media).toHaveLength(1)
  })

  it('asks for one page when it begins anew, however many there were', async () => {
    const api = fakeApi({ 'feed.home': homeFeedOf })
    const feed = new InfiniteQueryObserver(queryClient, list)
    const stop = feed.subscribe(() => undefined)
    await feed.refetch()
    await feed.fetchNextPage()
    expect(shown()).toHaveLength(3)
    vi.mocked(api.feed.home).mockClear()
    await reloadFromTop(list)
    stop()
    expect(api.feed.home).toHaveBeenCalledOnce()
    expect(shown()).toEqual(['p1', 'p2'])
  })

  it('is not read again as a whole where it is long, only because it is looked at again', async () => {
    let number = 0
    const api = fakeApi({ 'feed.home': async () => page([apiPost(`p${++number}`)], `c${number}`) })
    const lookAt = (until: number) =>
      queryClient.fetchInfiniteQuery({ ...list, pages: until, getNextPageParam: (last) => last.next_cursor })
    for (const [pages, readAgain] of [
      [3, 3],
      [4, 0],
    ] as const) {
      queryClient.clear()
      await lookAt(pages)
      await queryClient.invalidateQueries({ queryKey: list.queryKey, refetchType: 'none' })
      vi.mocked(api.feed.home).mockClear()
      const stop = new InfiniteQueryObserver(queryClient, list).subscribe(() => undefined)
      await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0))
      stop()
      expect(api.feed.home).toHaveBeenCalledTimes(readAgain)
    }
  })

  it('has a new post of one’s own first, once', async () => {
    fakeApi({ 'feed.home': homeFeedOf, 'feed.user': async () => page([]) })
    await queryClient.fetchInfiniteQuery(list)
    await queryClient.fetchInfiniteQuery(userFeed('ben'))
    announcePost(apiPost('p9', 'ben'))
    announcePost(apiPost('p9', 'ben', { caption: 'again' }))
    expect(shown()).toEqual(['p9', 'p1', 'p2'])
    expect(idsOf(queryClient.getQueryData(userFeed('ben').queryKey))).toEqual(['p9'])
    expect(entities.get('posts', 'p9' as never)?.caption).toBe('again')
  })

  it('that nobody has looked at is not made up', () => {
    announcePost(apiPost('p9', 'ben'))
    expect(shown()).toEqual([])
  })
})

describe('reading a post again', () => {
  it('takes what is new of it', async () => {
    fakeApi({ 'posts.get': async () => apiPost('p1', 'ana', { likes_count: 8 }) })
    await refreshPost('p1' as never)
    expect(entities.get('posts', 'p1' as never)?.likes_count).toBe(8)
  })

  it('lets go of one that is gone', async () => {
    entities.merge('posts', 'p1' as never, { caption: 'here' })
    fakeApi({ 'posts.get': () => Promise.reject(new TintypeError('not_found')) })
    await refreshPost('p1' as never)
    expect(entities.get('posts', 'p1' as never)).toBeUndefined()
  })

  it('keeps what it has while the server is away', async () => {
    entities.merge('posts', 'p1' as never, { caption: 'here' })
    fakeApi({ 'posts.get': () => Promise.reject(new TintypeError('unavailable')) })
    await expect(refreshPost('p1' as never)).rejects.toMatchObject({ code: 'unavailable' })
    expect(entities.get('posts', 'p1' as never)).toBeDefined()
  })
})

it('remembers the order of the feed, and takes no other word for one', () => {
  expect(storedSort()).toBe('ranked')
  storeSort('chronological')
  expect(storedSort()).toBe('chronological')
  localStorage.setItem('tintype.sort', 'sideways')
  expect(storedSort()).toBe('ranked')
})
