import type { AnyRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { isNarrow, prefersStill } from '../../shell/viewport.ts'
import { askForComment } from '../comments/comment-wish.ts'
import { setSequence } from './sequence.ts'

interface OpenOptions {
  /** The list it was opened from: arrows lead to its neighbours. */
  among?: readonly PostId[]
  /** The tile whose picture grows into the post. */
  tile?: HTMLElement | null | undefined
  /** Where a phone shows it, if not as a page of its own: in a list that goes on below it. */
  within?: '/explore/$postId' | undefined
  /** To write a comment: its field takes the cursor as soon as it is there. */
  comment?: boolean
}

/** The element name both pictures carry, one after the other, so that the browser moves the one into the other. */
const TRANSITION = 'post-media'

/**
 * Opens a post: over the page with room for it (the page stays, the address says `/p/{id}`, back closes), as a page
 * where there is none.
 */
export async function openPost(
  router: AnyRouter,
  post: PostId,
  { among, tile, within, comment }: OpenOptions = {},
): Promise<void> {
  setSequence(among ?? [])
  if (comment) askForComment(post)
  const go = () =>
    isNarrow()
      ? router.navigate({ to: within ?? '/p/$postId', params: { postId: post } })
      : router.navigate({
          to: '.',
          search: (known: object) => ({ ...known, post }),
          mask: { to: '/p/$postId', params: { postId: post }, unmaskOnReload: true },
          resetScroll: false,
        })
  if (!tile || prefersStill() || !('startViewTransition' in document)) return go()
  tile.style.viewTransitionName = TRANSITION
  document.startViewTransition(async () => {
    tile.style.viewTransitionName = ''
    await go()
  })
}
