import type { PostId } from '@tintype/contract'
import { entities } from '../../data/entities/entities.ts'
import { setPostSaved } from '../../data/entities/intents.ts'
import { t } from '../../kit/messages.ts'
import { toast } from '../../ui/toast.ts'
import { openSaveSheet, savedChanged } from '../collections/save-sheet.ts'

/** Saves a post, and offers to put it into a collection, or takes it out of what is saved. */
export async function savePost(post_id: PostId, want: boolean): Promise<void> {
  const from = document.activeElement
  await setPostSaved(post_id, want)
  savedChanged()
  if (!want || !entities.get('posts', post_id)?.viewer.saved) return
  const onPress = () => {
    // Where focus goes back to: the toast is gone by then.
    if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
    openSaveSheet(post_id)
  }
  toast(t('saved.done'), { label: t('saved.collect'), onPress })
}
