import type { InfiniteData } from '@tanstack/react-query'
import type { PostId, UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import type { IdPage } from '../../data/paged-list.ts'
import { exploreFeed } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { toast } from '../../ui/toast.ts'
import { reelsFeed } from '../reels/reel-lists.ts'
import { t } from './messages.ts'

type Explored = InfiniteData<IdPage<PostId>, string | null>

/** Takes posts out of explore and of reels as they stand on the screen; what it answers puts them back. */
function takeOut(isGone: (id: PostId) => boolean): () => void {
  const putBack = [exploreFeed, reelsFeed].map(({ queryKey }) => takeOutOf(queryKey, isGone))
  return () => {
    for (const put of putBack) put()
  }
}

function takeOutOf(queryKey: readonly string[], isGone: (id: PostId) => boolean): () => void {
  const before = queryClient.getQueryData<Explored>(queryKey)
  const without = queryClient.setQueryData<Explored>(
    queryKey,
    before && {
      ...before,
      pages: before.pages.map((page) => ({ ...page, ids: page.ids.filter((id) => !isGone(id)) })),
    },
  )
  return () => {
    // Unless it has grown or begun anew since.
    if (queryClient.getQueryData(queryKey) === without) queryClient.setQueryData(queryKey, before)
  }
}

interface Refusal {
  isGone: (id: PostId) => boolean
  refuse: () => Promise<unknown>
  allow: () => Promise<unknown>
  said: string
}

/** Out of sight at once; back where it fails, or is taken back. */
async function refuse({ isGone, refuse, allow, said }: Refusal): Promise<void> {
  const putBack = takeOut(isGone)
  try {
    await refuse()
  } catch (error) {
    putBack()
    return reportError(error)
  }
  const handleUndo = () => {
    putBack()
    allow().catch(reportError)
  }
  toast(said, { label: t('explore.undo'), onPress: handleUndo })
}

export const refusePost = (post_id: PostId): Promise<void> =>
  refuse({
    isGone: (id) => id === post_id,
    refuse: () => api.explore.refusePost({ params: { post_id } }),
    allow: () => api.explore.allowPost({ params: { post_id } }),
    said: t('explore.refused'),
  })

export const hideAuthor = (user_id: UserId, username: string): Promise<void> =>
  refuse({
    isGone: (id) => entities.get('posts', id)?.user_id === user_id,
    refuse: () => api.explore.hideAuthor({ params: { username } }),
    allow: () => api.explore.showAuthor({ params: { username } }),
    said: t('explore.hidden', { name: username }),
  })
