import type { PostId } from '@tintype/contract'
import { t } from '../../kit/messages.ts'
import { toast } from '../../ui/toast.ts'

export const postUrl = (id: PostId): string => new URL(`/p/${id}`, location.origin).href

/** Puts a text on the clipboard and says so; on plain http, where there is no clipboard, shows it to copy by hand. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('action.copied'))
  } catch {
    toast(text)
  }
}

/** The system's share sheet on a touch device, the clipboard elsewhere. */
export async function shareLink(url: string, title: string): Promise<void> {
  if (!navigator.share || !matchMedia('(pointer: coarse)').matches) return copyText(url)
  // Rejects when the member closes the sheet: nothing to tell.
  await navigator.share({ url, title }).catch(() => undefined)
}
