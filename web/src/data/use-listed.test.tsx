import { InfiniteQueryObserver } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { type Post, type PostId, TintypeError, type UserId } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi, later } from '../testing/fake-api.ts'
import { page } from '../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../testing/things.ts'
import { entities, useLiveIds } from './entities/entities.ts'
import { setPostLiked } from './entities/intents.ts'
import { setMe } from './member.ts'
import { idsOf, type PagedList } from './paged-list.ts'
import { FEED_PAGE, homeFeed } from './posts.ts'
import { queryClient } from './query-client.ts'
import { useListed } from './use-listed.ts'

const ALL = 5000
/** What is kept at most: the last used, what a screen watches, and what has come since the last sweep. */
const MOST = 900
const list = homeFeed('ranked')
const idAt = (index: number) => `p${index}` as PostId
const captionOf = (id: PostId) => entities.get('posts', id)?.caption

/** A server with 5 000 posts of as many members, each of which can be changed or deleted. */
function manyPosts(most = ALL) {
  const changed = new Map<number, Partial<Post>>()
  const deleted = new Set<number>()
  const postAt = (index: number) =>
    apiPost(idAt(index), `member${index}`, { caption: `Number ${index}`, ...changed.get(index) })
  const api = fakeApi({
    'feed.home': async ({ query } = {}) => {
      const from = Number(query?.cursor ?? 0)
      const indexes = Array.from({ length: FEED_PAGE }, (_, n) => from + n).filter((n) => !deleted.has(n))
      return page(indexes.map(postAt), from + FEED_PAGE < most ? String(from + FEED_PAGE) : null)
    },
    'posts.get': async ({ params }) => {
      const index = Number(params.post_id.slice(1))
      if (deleted.has(index)) throw new TintypeError('not_found')
      return postAt(index)
    },
    'engagement.like': async () => ({ liked: true, likes_count: 8 }),
  })
  return { api, changed, deleted }
}

/** Rows on the screen: three, which the reader moves along the list. */
const rowsFrom = (start: number) =>
  renderHook(
    ({ at }) => [
      useListed('posts', idAt(at)),
      useListed('posts', idAt(at + 1)),
      useListed('posts', idAt(at + 2)),
    ],
    { initialProps: { at: start } },
  )

/** Reads on to the end, with the reader always at the last posts; answers how many things were kept at most. */
async function scrollThrough(rows: ReturnType<typeof rowsFrom>, end = ALL): Promise<number> {
  const feed = new InfiniteQueryObserver(queryClient, list as PagedList<'posts'>)
  const stop = feed.subscribe(() => undefined)
  await feed.refetch()
  let most = 0
  for (let at = FEED_PAGE; at < end; at += FEED_PAGE) {
    rows.rerender({ at: at - 3 })
    await act(() => feed.fetchNextPage())
    most = Math.max(most, entities.size)
  }
  stop()
  return most
}

const captions = (rows: ReturnType<typeof rowsFrom>) => rows.result.current.map((post) => post?.caption)

beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  entities.clear()
})

describe('a feed of 5 000 posts', () => {
  it('keeps a bounded number of things, and all ids', async () => {
    manyPosts()
    const most = await scrollThrough(rowsFrom(0))
    expect(most).toBeLessThanOrEqual(MOST)
    const ids = idsOf(queryClient.getQueryData(list.queryKey))
    expect(ids).toHaveLength(ALL)
    const { result } = renderHook(() => useLiveIds('posts', ids))
    expect(result.current).toHaveLength(ALL)
    expect(captionOf(idAt(0))).toBeUndefined()
    expect(captionOf(idAt(ALL - 1))).toBe(`Number ${ALL - 1}`)
  })

  it('shows the top again as it is now, read by its page in one request', async () => {
    const { api, changed } = manyPosts()
    const rows = rowsFrom(0)
    await scrollThrough(rows)
    changed.set(1, { caption: 'Edited meanwhile' })
    vi.mocked(api.feed.home).mockClear()
    rows.rerender({ at: 0 })
    await waitFor(() => expect(captions(rows)).toEqual(['Number 0', 'Edited meanwhile', 'Number 2']))
    expect(api.feed.home).toHaveBeenCalledOnce()
    expect(entities.size).toBeLessThanOrEqual(MOST)
  })

  it('keeps those whom a question names, such as the member who looks', async () => {
    manyPosts()
    const me = meNamed('ben')
    setMe(me)
    await scrollThrough(rowsFrom(0))
    expect(entities.get('users', me.user_id)?.username).toBe('ben')
  })
})

describe('a post that was let go of', () => {
  const away = 1200

  it('has its member with it whenever it is kept', async () => {
    manyPosts()
    await scrollThrough(rowsFrom(0), away)
    for (const id of entities.find('posts', () => true))
      expect(entities.get('users', `u-member${id.slice(1)}` as UserId)).toBeDefined()
  })

  it('leaves the list where it has been deleted meanwhile', async () => {
    const { deleted } = manyPosts()
    const rows = rowsFrom(0)
    await scrollThrough(rows, away)
    deleted.add(1)
    rows.rerender({ at: 0 })
    await waitFor(() => expect(captions(rows)).toEqual(['Number 0', undefined, 'Number 2']))
    const ids = idsOf(queryClient.getQueryData(list.queryKey))
    const { result } = renderHook(() => useLiveIds('posts', ids))
    expect(result.current.slice(0, 3)).toEqual([idAt(0), idAt(2), idAt(3)])
  })

  it('is found alone where its page has it no longer', async () => {
    const { api } = manyPosts()
    const rows = rowsFrom(0)
    await scrollThrough(rows, away)
    vi.mocked(api.feed.home).mockResolvedValue(page([apiPost('newer')]) as never)
    rows.rerender({ at: 0 })
    await waitFor(() => expect(captions(rows)).toEqual(['Number 0', 'Number 1', 'Number 2']))
  })

  it('comes when the server is there again', async () => {
    const { api } = manyPosts()
    const rows = rowsFrom(0)
    await scrollThrough(rows, away)
    vi.mocked(api.feed.home).mockRejectedValueOnce(new TintypeError('unavailable'))
    rows.rerender({ at: 0 })
    await waitFor(() => expect(captions(rows)).toEqual(['Number 0', 'Number 1', 'Number 2']))
  })
})

describe('an intent', () => {
  it('that is on its way keeps its post, and ends as the server says', async () => {
    const { api } = manyPosts()
    const answer = later<{ liked: boolean; likes_count: number }>()
    vi.mocked(api.engagement.like).mockReturnValue(answer.promise)
    const rows = rowsFrom(0)
    await queryClient.fetchInfiniteQuery(list)
    const done = setPostLiked(idAt(1), true)
    await scrollThrough(rows)
    expect(entities.get('posts', idAt(1))).toMatchObject({ likes_count: 1, viewer: { liked: true } })
    answer.resolve({ liked: true, likes_count: 8 })
    await done
    expect(entities.get('posts', idAt(1))).toMatchObject({ likes_count: 8, viewer: { liked: true } })
  })

  it('that begins after its post was let go of shows as soon as the post is there', async () => {
    const { api } = manyPosts()
    const answer = later<{ liked: boolean; likes_count: number }>()
    vi.mocked(api.engagement.like).mockReturnValue(answer.promise)
    const rows = rowsFrom(0)
    await scrollThrough(rows, 1200)
    expect(entities.get('posts', idAt(1))).toBeUndefined()
    const done = setPostLiked(idAt(1), true)
    rows.rerender({ at: 0 })
    await waitFor(() =>
      expect(rows.result.current[1]).toMatchObject({ likes_count: 1, viewer: { liked: true } }),
    )
    answer.reject(new TintypeError('forbidden'))
    await done
    expect(entities.get('posts', idAt(1))).toMatchObject({ likes_count: 0, viewer: { liked: false } })
  })

  it('that is confirmed before its post is read again is in what is read', async () => {
    const { changed } = manyPosts()
    const rows = rowsFrom(0)
    await scrollThrough(rows, 1200)
    await setPostLiked(idAt(1), true)
    changed.set(1, { likes_count: 8, viewer: { ...apiPost('x').viewer, liked: true } })
    rows.rerender({ at: 0 })
    await waitFor(() =>
      expect(rows.result.current[1]).toMatchObject({ likes_count: 8, viewer: { liked: true } }),
    )
  })
})

it('a change of fields alone makes no thing', () => {
  const { user_id } = userNamed('ana')
  entities.patch('users', user_id, { bio: 'new' })
  expect(entities.get('users', user_id)).toBeUndefined()
  entities.merge('users', user_id, userNamed('ana') as never)
  entities.patch('users', user_id, { bio: 'new' })
  expect(entities.get('users', user_id)?.bio).toBe('new')
})
