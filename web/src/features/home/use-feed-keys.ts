import { useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import type { RefObject } from 'react'
import { entities } from '../../data/entities/entities.ts'
import { setPostLiked } from '../../data/entities/intents.ts'
import { useMe } from '../../data/member.ts'
import type { Shortcuts } from '../../shell/shortcuts.ts'
import { savePost } from '../../things/post/save-post.ts'
import { shownPicture, turnPictures } from '../../things/post/turn-pictures.ts'
import { focusCommentField } from '../../things/post/use-post-shortcuts.ts'
import { openViewer } from '../../things/post/viewer/open-viewer.ts'
import type { ListControls } from '../../ui/InfiniteList.tsx'

const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('main [data-post]')]
const idOf = (card: HTMLElement | null | undefined): PostId | undefined =>
  card?.dataset.post as PostId | undefined

/** The post the keys mean: the one with the focus, else the first that reaches into the upper half of the screen. */
function currentPost(): PostId | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]')
  return idOf(focused ?? cards().find((card) => card.getBoundingClientRect().bottom > window.innerHeight / 2))
}

/** A row that was far away is drawn a frame or two after scrolling there. */
const FRAMES = 20
function focusCard(id: PostId, frames = FRAMES): void {
  const card = cards().find((one) => idOf(one) === id)
  if (card) card.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusCard(id, frames - 1))
}

/** J and K walk the feed; L, C, S, F and the arrows act on the post they stand on. */
export function useFeedKeys(ids: readonly PostId[], controls: RefObject<ListControls | null>): Shortcuts {
  const me = useMe()
  const step = (by: number) => {
    const here = currentPost()
    const at = here ? ids.indexOf(here) : -1
    const isFocused = idOf(document.activeElement?.closest<HTMLElement>('[data-post]')) === here
    // The first press settles on the post that is already there.
    const to = by > 0 && !isFocused ? Math.max(at, 0) : at + by
    const id = ids[to]
    if (!id) return
    controls.current?.scrollTo(to)
    focusCard(id)
  }
  const withPost = (act: (id: PostId) => void) => () => {
    const id = currentPost()
    if (id && me) act(id)
  }
  const router = useRouter()
  return {
    j: () => step(1),
    k: () => step(-1),
    l: withPost((id) => void setPostLiked(id, !entities.get('posts', id)?.viewer.liked)),
    s: withPost((id) => void savePost(id, !entities.get('posts', id)?.viewer.saved)),
    c: withPost(focusCommentField),
    f: withPost((id) => openViewer(router, id, shownPicture(id))),
    arrowleft: withPost((id) => void turnPictures(id, -1)),
    arrowright: withPost((id) => void turnPictures(id, 1)),
  }
}
