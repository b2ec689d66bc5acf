import type { PostId } from '@tintype/contract'
import { useMe } from '../../api/member.ts'
import type { Shortcuts } from '../../app/shortcuts.ts'
import { entities } from '../../entities/entities.ts'
import { setPostLiked, setPostSaved } from '../../entities/intents.ts'

/** Puts the cursor into the comment field of a post on the screen. */
export function focusCommentField(postId: PostId): void {
  const fields = document.querySelectorAll<HTMLElement>(`[data-comment-field="${postId}"]`)
  fields.item(fields.length - 1)?.focus()
}

/** L, S and C for one post. Reads the post when pressed, so it need not draw again for every like. */
export function usePostShortcuts(postId: PostId | undefined): Shortcuts {
  const me = useMe()
  if (!me || !postId) return {}
  const viewer = () => entities.get('posts', postId)?.viewer
  return {
    l: () => void setPostLiked(postId, !viewer()?.liked),
    s: () => void setPostSaved(postId, !viewer()?.saved),
    c: () => focusCommentField(postId),
  }
}
