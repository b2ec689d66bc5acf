import type { PostId } from '@tintype/contract'
import { savedFeed } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { createCell, useCell } from '../../kit/cell.ts'

const asked = createCell<PostId | null>(null)

/** Asks from anywhere into which collections a post is to be put. */
export const openSaveSheet = (post_id: PostId): void => asked.set(post_id)
export const closeSaveSheet = (): void => asked.set(null)
export const useSaveSheet = (): PostId | null => useCell(asked, () => null)

/** What is saved, or in collections, is another: it is read again where it is looked at next, and does not move under the eye. */
export function savedChanged(): void {
  for (const queryKey of [savedFeed.queryKey, ['collections'], ['posts', 'collection']])
    void queryClient.invalidateQueries({ queryKey, refetchType: 'none' })
}
