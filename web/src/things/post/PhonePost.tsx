import { useQuery } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { useState } from 'react'
import { usePost, useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { CommentForm } from '../comments/CommentForm.tsx'
import { Comments } from '../comments/Comments.tsx'
import { LimitedNote } from '../comments/LimitedNote.tsx'
import { mayComment } from '../comments/may-comment.ts'
import type { ReplyTarget } from '../comments/reply-target.ts'
import { Caption } from './Caption.tsx'
import { FeedSkeleton } from './FeedSkeleton.tsx'
import { LikesLine } from './LikesLine.tsx'
import styles from './PhonePost.module.css'
import { PostActions } from './PostActions.tsx'
import { PostGone } from './PostGone.tsx'
import { PostHead } from './PostHead.tsx'
import { PostPictures } from './PostPictures.tsx'
import { PostStatusNote } from './PostStatusNote.tsx'
import { postQuery } from './post-query.ts'
import { useLivePost } from './use-live-post.ts'
import { focusCommentField } from './use-post-shortcuts.ts'

interface PhonePostProps {
  postId: PostId
  onDeleted: () => void
}

export function PhonePost({ postId, onDeleted }: PhonePostProps) {
  const post = usePost(postId)
  const user = useUser(post?.user_id)
  const query = useQuery(postQuery(postId))
  if (post && user) return <Body post={post} user={user} onDeleted={onDeleted} />
  return query.isPending ? <FeedSkeleton posts={1} /> : <PostGone error={query.error} />
}

interface BodyProps {
  post: PostEntity
  user: UserEntity
  onDeleted: () => void
}

const PLACE = { phone: '100vw', wide: '630px' }

/** Picture, then everything that is said; the field stays above the bar. */
function Body({ post, user, onDeleted }: BodyProps) {
  useLivePost(post)
  const [replyTo, setReplyTo] = useState<ReplyTarget | null>(null)
  const focus = () => focusCommentField(post.post_id)
  const handleReply = (target: ReplyTarget) => {
    setReplyTo(target)
    setTimeout(focus)
  }
  const published = post.status === 'published'
  return (
    <article>
      <div className={styles.inset}>
        <PostHead post={post} onDeleted={onDeleted} />
      </div>
      <PostPictures post={post} user={user} place={PLACE} eager frame="page" />
      <div className={styles.inset}>
        <PostStatusNote post={post} />
        {published && <PostActions post={post} username={user.username} onComment={focus} />}
        <LikesLine post={post} />
        <Caption post={post} whole />
        <Comments post={post} onReply={handleReply} />
      </div>
      <LimitedNote post={post} />
      {mayComment(post) && (
        <div className={styles.form}>
          <CommentForm postId={post.post_id} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} />
        </div>
      )}
    </article>
  )
}
