import type { AnyRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The history entry that stands for a post's pictures on the full screen: back closes it. */
    viewer?: { post: PostId; at: number }
  }
}

/** Shows a post's pictures on the full screen, over whatever is there. */
export function openViewer(router: AnyRouter, post: PostId, at = 0): void {
  const { search } = router.state.location
  const isOverPage = search.post === post
  void router.navigate({
    to: '.',
    search: true,
    state: { viewer: { post, at } },
    resetScroll: false,
    ...(isOverPage && { mask: { to: '/p/$postId', params: { postId: post }, unmaskOnReload: true } }),
  })
}
