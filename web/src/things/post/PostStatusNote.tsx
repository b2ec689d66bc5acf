import { lazy, Suspense } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './PostStatusNote.module.css'

const RemovedNote = lazy(() => import('./RemovedNote.tsx'))
const InvitationNote = lazy(() => import('../together/InvitationNote.tsx'))

/** What only its author sees: that a post is being made, or why it could not be; and who is asked to be another. */
export function PostStatusNote({ post }: { post: PostEntity }) {
  if (post.viewer.invited)
    return (
      <Suspense>
        <InvitationNote post={post} />
      </Suspense>
    )
  if (post.status === 'published') return null
  if (post.status === 'archived') return <p className={styles.note}>{t('post.archived')}</p>
  if (post.status === 'removed')
    return (
      <Suspense>
        <RemovedNote />
      </Suspense>
    )
  const failed = post.status === 'failed'
  return (
    <p className={failed ? styles.failed : styles.note} role="status">
      {!failed && <Spinner />}
      {failed ? `${t('post.failed')} ${post.failure?.message ?? ''}` : t('post.processing')}
    </p>
  )
}
