import { lazy, Suspense } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { errorText } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { useFirstPaint } from '../../ui/first-paint.ts'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import styles from './Comment.module.css'
import { commentsOf } from './comment-lists.ts'
import { mayComment } from './may-comment.ts'
import type { ReplyTarget } from './reply-target.ts'
import { Thread } from './Thread.tsx'

const HeldComments = lazy(() => import('./HeldComments.tsx'))

interface CommentsProps {
  post: PostEntity
  onReply: (target: ReplyTarget) => void
}

/** Above them, for who wrote the post, what waits for their approval. */
export function Comments({ post, onReply }: CommentsProps) {
  const isFirstPaint = useFirstPaint()
  return (
    <>
      {post.viewer.is_author && !isFirstPaint && (
        <Suspense fallback={null}>
          <HeldComments postId={post.post_id} />
        </Suspense>
      )}
      <Listed post={post} onReply={onReply} />
    </>
  )
}

function Listed({ post, onReply }: CommentsProps) {
  const { query, ids, more } = usePaged('comments', commentsOf(post.post_id))
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.error) return <FormError text={errorText(query.error)} />
  if (ids.length === 0) return <Nothing off={!post.comments_enabled} />
  return (
    <>
      <ul className={styles.list}>
        {ids.map((id) => (
          <Thread key={id} commentId={id} onReply={mayComment(post) ? onReply : undefined} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          label={t('comments.more')}
          tone="quiet"
          wide
          busy={query.isFetchingNextPage}
          onPress={more.onMore}
        />
      )}
    </>
  )
}

function Nothing({ off }: { off: boolean }) {
  const me = useMe()
  return (
    <div className={styles.nothing}>
      <p className={styles.nothingTitle}>{off ? t('comments.off') : t('comments.empty')}</p>
      {!off && me && <p>{t('comments.emptyText')}</p>}
    </div>
  )
}
