import { useState } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import styles from './LikesLine.module.css'

const LikesDialog = lazyWhenOpen(() => import('./LikesDialog.tsx'))

/** `12 likes`, which opens who they are. */
export function LikesLine({ post }: { post: PostEntity }) {
  const [open, setOpen] = useState(false)
  const me = useMe()
  const count = post.likes_count
  if (post.likes_hidden && !post.viewer.is_author) return <p className={styles.none}>{t('likes.hidden')}</p>
  if (count === 0) return <p className={styles.none}>{me ? t('post.beFirst') : t('likes.empty')}</p>
  return (
    <>
      <button type="button" className={styles.likes} onClick={() => setOpen(true)}>
        {t('post.likes', { count })}
      </button>
      <LikesDialog postId={post.post_id} open={open} onClose={() => setOpen(false)} />
    </>
  )
}
