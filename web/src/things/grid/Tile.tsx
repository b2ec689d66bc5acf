import { Link, useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { Copy, Heart, MessageCircle, Pin, Play } from 'lucide-react'
import { type MouseEvent, useRef } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useListed } from '../../data/use-listed.ts'
import { formatShort } from '../../kit/i18n.ts'
import { t } from '../../kit/messages.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import type { Place } from '../../ui/media-sources.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { isCovered } from '../post/covered.ts'
import { openPost } from '../post/post-target.ts'
import { Covered } from './Covered.tsx'
import styles from './Tile.module.css'

interface TileProps {
  postId: PostId
  among: readonly PostId[]
  /** How large the square is. */
  place: Place
  eager?: boolean
  /** Shows which are pinned: on the profile that they are pinned to. */
  pins?: boolean | undefined
  /** See openPost. */
  within?: '/explore/$postId' | undefined
}

/** A post in a grid: its first picture, square; how many liked it under the pointer. */
export function Tile({ postId, among, place, eager, within, pins }: TileProps) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const router = useRouter()
  const picture = useRef<HTMLSpanElement>(null)
  const [first] = post?.media ?? []
  // Its place stays, as the others have theirs by their order.
  if (!post || !user) return <span className={styles.tile} />
  const handleClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void openPost(router, postId, { among, tile: picture.current, within })
  }
  return (
    <Link to="/p/$postId" params={{ postId }} className={styles.tile} onClick={handleClick} preload={false}>
      <span ref={picture} className={styles.picture}>
        {first && isCovered(post) && <Covered hash={first.thumbhash} />}
        {first && !isCovered(post) && (
          <MediaBox
            media={first}
            fallbackAlt={t('post.by', { name: user.username })}
            place={place}
            ratio={1}
            eager={eager}
          />
        )}
      </span>
      {pins && post.pinned && (
        <>
          <Pin aria-hidden size={18} className={styles.pin} fill="currentColor" />
          <VisuallyHidden>{t('post.pinned')}</VisuallyHidden>
        </>
      )}
      {post.media.length === 1 && first?.type === 'video' && (
        <>
          <Play aria-hidden size={18} className={styles.badge} fill="currentColor" data-mark="video" />
          <VisuallyHidden>{t('post.video')}</VisuallyHidden>
        </>
      )}
      {post.media.length > 1 && (
        <>
          <Copy aria-hidden size={18} className={styles.badge} fill="currentColor" />
          <VisuallyHidden>{t('post.several')}</VisuallyHidden>
        </>
      )}
      {post.status === 'published' || post.status === 'archived' ? (
        <Counts post={post} />
      ) : (
        <Waiting post={post} />
      )}
    </Link>
  )
}

function Counts({ post }: { post: PostEntity }) {
  const { likes_count: likes, comments_count: comments, likes_hidden, viewer } = post
  const shown = !likes_hidden || viewer.is_author
  return (
    <span className={styles.counts}>
      <VisuallyHidden>
        {shown && `${t('post.likes', { count: likes })}, `}
        {t('post.comments', { count: comments })}
      </VisuallyHidden>
      {shown && (
        <span aria-hidden="true" className={styles.count}>
          <Heart size={20} fill="currentColor" />
          {formatShort(likes)}
        </span>
      )}
      <span aria-hidden="true" className={styles.count}>
        <MessageCircle size={20} fill="currentColor" />
        {formatShort(comments)}
      </span>
    </span>
  )
}

/** One's own post that is not there yet, or failed. */
function Waiting({ post }: { post: PostEntity }) {
  return (
    <span className={styles.waiting}>
      {post.status === 'failed' ? t('post.failed') : <Spinner label={t('post.processing')} />}
    </span>
  )
}
