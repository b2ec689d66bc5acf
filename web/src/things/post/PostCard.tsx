import { useRouter } from '@tanstack/react-router'
import type { CommentId, PostId } from '@tintype/contract'
import { memo, type ReactNode, useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { useListed } from '../../data/use-listed.ts'
import { t } from '../../kit/messages.ts'
import { CommentForm } from '../comments/CommentForm.tsx'
import { CommentLine } from '../comments/CommentLine.tsx'
import { mayComment } from '../comments/may-comment.ts'
import { Caption } from './Caption.tsx'
import { FeedSkeleton } from './FeedSkeleton.tsx'
import { LikesLine } from './LikesLine.tsx'
import { PostActions } from './PostActions.tsx'
import styles from './PostCard.module.css'
import { PostHead } from './PostHead.tsx'
import { PostPictures } from './PostPictures.tsx'
import { PostStatusNote } from './PostStatusNote.tsx'
import { openPost } from './post-target.ts'

interface PostCardProps {
  postId: PostId
  /** The list it stands in: the dialog's arrows lead along it. */
  among: readonly PostId[]
  /** Its place in the feed, from 0. */
  index: number
  /** Its height in px as far as it is known: it is kept while the post is read again. */
  height?: number
  /** The first on the screen loads its picture ahead of others. */
  eager?: boolean
  /** Why it is here: it belongs to the article, as a feed holds nothing else. */
  above?: (id: PostId) => ReactNode
}

/** Edge to edge on a phone, the column elsewhere. */
const PLACE = { phone: '100vw', wide: '630px' }

/** Drawn anew when what it shows changes, not whenever its list is measured; a height is of use to a card that begins. */
export const PostCard = memo(
  ListedCard,
  (before, now) =>
    before.postId === now.postId &&
    before.among === now.among &&
    before.index === now.index &&
    before.eager === now.eager &&
    before.above === now.above,
)

function ListedCard(props: PostCardProps) {
  const post = useListed('posts', props.postId)
  const user = useUser(post?.user_id)
  if (post && user) return <Card {...props} post={post} user={user} />
  return (
    <div className={styles.waiting} style={{ blockSize: props.height }}>
      <FeedSkeleton posts={1} />
    </div>
  )
}

interface CardProps extends PostCardProps {
  post: PostEntity
  user: UserEntity
}

function Card({ postId, among, index, eager, above, post, user }: CardProps) {
  const router = useRouter()
  const [mine, setMine] = useState<readonly CommentId[]>([])
  const open = () => void openPost(router, postId, { among })
  const write = () => void openPost(router, postId, { among, comment: true })
  return (
    <article
      className={styles.card}
      data-post={postId}
      tabIndex={-1}
      aria-posinset={index + 1}
      aria-setsize={-1}
      aria-label={t('post.dialog', { name: user.username })}
    >
      {above?.(postId)}
      <div className={styles.inset}>
        <PostHead post={post} />
      </div>
      <PostPictures post={post} user={user} place={PLACE} eager={eager} frame="card" />
      <div className={styles.inset}>
        <PostStatusNote post={post} />
        {post.status === 'published' && (
          <PostActions post={post} username={user.username} onComment={write} />
        )}
        <LikesLine post={post} />
        <Caption post={post} />
        {post.comments_count > 0 && (
          <button type="button" className={styles.comments} onClick={open}>
            {t('post.viewComments', { count: post.comments_count })}
          </button>
        )}
        {mine.map((id) => (
          <CommentLine key={id} commentId={id} />
        ))}
        {mayComment(post) && <CommentForm postId={postId} compact onSent={(id) => setMine([...mine, id])} />}
      </div>
    </article>
  )
}
