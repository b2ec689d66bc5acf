import { useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { entities } from '../../data/entities/entities.ts'
import { setPostLiked } from '../../data/entities/intents.ts'
import { useMe } from '../../data/member.ts'
import type { Shortcuts } from '../../shell/shortcuts.ts'
import { savePost } from './save-post.ts'
import { shownPicture, turnPictures } from './turn-pictures.ts'
import { openViewer } from './viewer/open-viewer.ts'

/** Puts the cursor into the comment field of a post on the screen. */
export function focusCommentField(postId: PostId): void {
  const fields = document.querySelectorAll<HTMLElement>(`[data-comment-field="${postId}"]`)
  fields.item(fields.length - 1)?.focus()
}

/**
 * L, S and C for one post, F and the arrows for its pictures. Reads the post when pressed, so it need not draw again
 * for every like.
 */
export function usePostShortcuts(postId: PostId | undefined): Shortcuts {
  const me = useMe()
  const router = useRouter()
  if (!postId) return {}
  const pictures: Shortcuts = {
    f: () => openViewer(router, postId, shownPicture(postId)),
    arrowleft: () => void turnPictures(postId, -1),
    arrowright: () => void turnPictures(postId, 1),
  }
  if (!me) return pictures
  const viewer = () => entities.get('posts', postId)?.viewer
  return {
    ...pictures,
    l: () => void setPostLiked(postId, !viewer()?.liked),
    s: () => void savePost(postId, !viewer()?.saved),
    c: () => focusCommentField(postId),
  }
}
