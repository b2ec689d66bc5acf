import type { InfiniteData } from '@tanstack/react-query'
import type { Post, PostId } from '@tintype/contract'
import { TintypeError } from '@tintype/contract'
import { firstPaint } from '../ui/first-paint.ts'
import { api } from './client.ts'
import { entities } from './entities/entities.ts'
import { ingestPosts } from './entities/ingest.ts'
import { type FetchPage, type IdPage, pagedList } from './paged-list.ts'
import { queryClient } from './query-client.ts'
import { readStored, useStored, writeStored } from './storage.ts'

export const FEED_PAGE = 20
export const GRID_PAGE = 30

const MINUTES = 60_000
export const postList = (
  key: readonly string[],
  fetchPage: FetchPage<Post>,
  limit = GRID_PAGE,
  staleTime = 5 * MINUTES,
) => pagedList({ kind: 'posts', key, limit, fetchPage, ingest: ingestPosts, staleTime })

export type PostList = ReturnType<typeof postList>

export type Sort = 'ranked' | 'chronological' | 'favourites'

const sortOf = (stored: string | null): Sort =>
  stored === 'chronological' || stored === 'favourites' ? stored : 'ranked'
const YEAR = 365 * 86_400

/** The order this member looked at last on this device. */
export const storedSort = (): Sort => sortOf(readStored('tintype.sort'))
export const useSort = (): Sort => sortOf(useStored('tintype.sort', () => firstPaint.sort))
/** The cookie tells the server, which draws the first page in this order. */
export function storeSort(sort: Sort): void {
  writeStored('tintype.sort', sort)
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is younger than the browsers we serve
  document.cookie = `tintype_sort=${sort}; path=/; max-age=${YEAR}; samesite=lax`
}

export const homeFeed = (sort: Sort) =>
  postList(['home', sort], (query, signal) => api.feed.home({ query: { ...query, sort }, signal }), FEED_PAGE)
/** Read anew it has other posts: so it stays as it is for as long as a visit may last. */
export const exploreFeed = postList(
  ['explore'],
  (query, signal) => api.feed.explore({ query, signal }),
  GRID_PAGE,
  60 * MINUTES,
)
export const savedFeed = postList(['saved'], (query, signal) => api.feed.saved({ query, signal }))
/** What the member put away. */
export const archivedFeed = postList(['archived'], (query, signal) =>
  api.postShelf.archived({ query, signal }),
)
export const userFeed = (username: string) =>
  postList(['user', username], (query, signal) => api.feed.user({ params: { username }, query, signal }))
export const hashtagFeed = (tag: string) =>
  postList(['hashtag', tag], (query, signal) => api.feed.hashtag({ params: { tag }, query, signal }))

/** Begins a list anew from its top: the pages below are forgotten rather than fetched again one after the other. */
export async function reloadFromTop(list: PostList): Promise<void> {
  queryClient.setQueryData(
    list.queryKey,
    (known) => known && { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) },
  )
  await queryClient.refetchQueries({ queryKey: list.queryKey, exact: true })
}

/** Reads one post again; one that is gone leaves the store. */
export async function refreshPost(post_id: PostId): Promise<void> {
  try {
    ingestPosts([await api.posts.get({ params: { post_id } })])
  } catch (error) {
    if (error instanceof TintypeError && error.code === 'not_found') entities.remove('posts', post_id)
    else throw error
  }
}

/** A post of the viewer's own that was just made: first at home and on their profile, without another request. */
export function announcePost(post: Post): void {
  const [id] = ingestPosts([post])
  if (!id) return
  const lists = [homeFeed('ranked'), homeFeed('chronological'), userFeed(post.user.username)]
  for (const list of lists) {
    queryClient.setQueryData(list.queryKey, (known: InfiniteData<IdPage<PostId>> | undefined) => {
      const [first, ...rest] = known?.pages ?? []
      if (!known || !first) return known
      return { ...known, pages: [{ ...first, ids: [id, ...first.ids.filter((one) => one !== id)] }, ...rest] }
    })
  }
  const author = entities.get('users', post.user.user_id)
  if (author?.posts_count !== undefined)
    entities.merge('users', author.user_id, { posts_count: author.posts_count + 1 })
}
