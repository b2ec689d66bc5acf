import type { PostId } from '@tintype/contract'
import { setPostSaved } from '../../data/entities/intents.ts'
import { createCell } from '../../kit/cell.ts'

interface Saving {
  post_id: PostId
  want: boolean
  /** Where it was pressed. */
  from: Element | null
}

/** One that was answered, until something is made of it: that is not loaded with the first picture. */
export const saving = createCell<Saving | null>(null)

/** Saves a post, or takes it out of what is saved. */
export async function savePost(post_id: PostId, want: boolean): Promise<void> {
  const from = document.activeElement
  await setPostSaved(post_id, want)
  saving.set({ post_id, want, from })
}
