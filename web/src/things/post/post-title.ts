import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'

const TITLE_LENGTH = 60

/** What the tab and a share sheet call a post. */
export function postTitle(post: PostEntity, name: string): string {
  const caption = post.caption.trim().replace(/\s+/g, ' ')
  if (!caption) return t('post.titlePlain', { name })
  const cut = caption.length > TITLE_LENGTH ? `${caption.slice(0, TITLE_LENGTH).trimEnd()}…` : caption
  return t('post.title', { name, caption: cut })
}
