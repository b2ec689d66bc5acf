import type { PostId } from '@tintype/contract'
import { instanceQuery } from '../api/member.ts'
import { homeFeed, storedSort } from '../api/posts.ts'
import { queryClient } from '../api/query-client.ts'
import { readStored } from '../api/storage.ts'
import { postQuery } from '../features/post/post-query.ts'

const POST = /^\/p\/([0-9a-f-]{36})\/?$/

/**
 * Asks at once, side by side, for what the first screen will need: the router by itself would first learn who the
 * member is, then fetch the screen, and only then its content.
 */
export function headStart(path: string): void {
  void queryClient.prefetchQuery(instanceQuery)
  if (path === '/' && readStored('tintype.session') !== null) {
    void import('../features/home/HomeScreen.tsx')
    void queryClient.prefetchInfiniteQuery(homeFeed(storedSort()))
  }
  const post = POST.exec(path)?.[1]
  if (post) {
    void import('../features/post/PostScreen.tsx')
    void queryClient.prefetchQuery(postQuery(post as PostId))
  }
}
