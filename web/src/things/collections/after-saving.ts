import { entities } from '../../data/entities/entities.ts'
import { toast } from '../../ui/toast.ts'
import { saving } from '../post/save-post.ts'
import { t } from './messages.ts'
import { openSaveSheet, savedChanged } from './save-sheet.ts'

/** Offers to put what was saved into a collection, also what was saved before anybody offered; until the answer is called. */
export function offerCollections(): () => void {
  offer()
  return saving.subscribe(offer)
}

function offer(): void {
  const last = saving.get()
  if (!last) return
  saving.set(null)
  savedChanged()
  if (!last.want || !entities.get('posts', last.post_id)?.viewer.saved) return
  const { post_id, from } = last
  const onPress = () => {
    // Where focus goes back to: the toast is gone by then.
    if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
    openSaveSheet(post_id)
  }
  toast(t('saved.done'), { label: t('sheet.title'), onPress })
}
