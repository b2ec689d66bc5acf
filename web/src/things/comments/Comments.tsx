import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { errorText } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import styles from './Comment.module.css'
import { commentsOf } from './comment-lists.ts'
import type { ReplyTarget } from './reply-target.ts'
import { Thread } from './Thread.tsx'

interface CommentsProps {
  post: PostEntity
  onReply: (target: ReplyTarget) => void
}

export function Comments({ post, onReply }: CommentsProps) {
  const { query, ids, more } = usePaged('comments', commentsOf(post.post_id))
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.error) return <FormError text={errorText(query.error)} />
  if (ids.length === 0) return <Nothing off={!post.comments_enabled} />
  return (
    <>
      <ul className={styles.list}>
        {ids.map((id) => (
          <Thread key={id} commentId={id} onReply={post.comments_enabled ? onReply : undefined} />
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
