import { useQuery } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { usePost, useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { classes } from '../../ui/classes.ts'
import { clampRatio, type Place } from '../../ui/media-sources.ts'
import { Conversation } from './Conversation.tsx'
import { PostGone } from './PostGone.tsx'
import { PostPictures } from './PostPictures.tsx'
import styles from './PostSpread.module.css'
import { PostSpreadSkeleton } from './PostSpreadSkeleton.tsx'
import { postQuery } from './post-query.ts'
import { useLivePost } from './use-live-post.ts'

interface PostSpreadProps {
  postId: PostId
  onDeleted: () => void
  /** What the spread leaves its plate at most. */
  plate: Place
  /** Its picture takes part in the view transition from a tile. */
  morph?: boolean
}

/** Picture on the dark plate at the left, conversation at the right. */
export function PostSpread(props: PostSpreadProps) {
  const post = usePost(props.postId)
  const user = useUser(post?.user_id)
  const query = useQuery(postQuery(props.postId))
  if (post && user) return <Spread {...props} post={post} user={user} />
  return query.isPending ? <PostSpreadSkeleton /> : <PostGone error={query.error} />
}

interface SpreadProps extends PostSpreadProps {
  post: PostEntity
  user: UserEntity
}

function Spread({ post, user, onDeleted, plate, morph }: SpreadProps) {
  useLivePost(post)
  const [first] = post.media
  const ratio = first ? clampRatio(first.width, first.height) : 1
  return (
    <article className={styles.spread} style={{ '--ratio': ratio }}>
      <div className={classes(styles.plate, morph && styles.morph)}>
        <PostPictures post={post} user={user} place={plate} eager frame="plate" />
      </div>
      <Conversation post={post} onDeleted={onDeleted} />
    </article>
  )
}
