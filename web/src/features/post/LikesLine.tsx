import { useState } from 'react'
import type { PostEntity } from '../../entities/types.ts'
import { t } from '../../messages.ts'
import { LikesDialog } from './LikesDialog.tsx'
import styles from './LikesLine.module.css'

/** `12 likes`, which opens who they are. */
export function LikesLine({ post }: { post: PostEntity }) {
  const [open, setOpen] = useState(false)
  const count = post.likes_count
  if (count === 0) return <p className={styles.none}>{t('post.beFirst')}</p>
  return (
    <>
      <button type="button" className={styles.likes} onClick={() => setOpen(true)}>
        {t('post.likes', { count })}
      </button>
      {open && <LikesDialog postId={post.post_id} onClose={() => setOpen(false)} />}
    </>
  )
}
