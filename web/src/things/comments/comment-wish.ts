import type { PostId } from '@tintype/contract'

let wished: PostId | undefined

/** Whoever opens a post in order to write finds the cursor in its field: the field asks once, when it appears. */
export const askForComment = (post: PostId): void => {
  wished = post
}

export function takeCommentWish(post: PostId): boolean {
  if (wished !== post) return false
  wished = undefined
  return true
}
