import type { PostId, Video } from '@tintype/contract'
import { useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { useListed } from '../../data/use-listed.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { isCovered } from '../../things/post/covered.ts'
import SensitiveCover from '../../things/post/SensitiveCover.tsx'
import { usePostActions } from '../../things/post/use-post-actions.ts'
import { t } from '../../things/reels/messages.ts'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import styles from './Reel.module.css'
import { ReelActions } from './ReelActions.tsx'
import { ReelFilm } from './ReelFilm.tsx'
import { ReelFoot } from './ReelFoot.tsx'

const ReelComments = lazyWhenOpen(() => import('./ReelComments.tsx'))

interface ReelProps {
  postId: PostId
  /** It is the one that is looked at. */
  current: boolean
  /** It comes soon. */
  near: boolean
}

export function Reel({ postId, current, near }: ReelProps) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const film = post?.media.find((media) => media.type === 'video')
  if (!post || !user || !film) return null
  return <Shown post={post} user={user} film={film} current={current} near={near} />
}

interface ShownProps extends Omit<ReelProps, 'postId'> {
  post: PostEntity
  user: UserEntity
  film: Video
}

function Shown({ post, user, film, current, near }: ShownProps) {
  const [isTalking, setTalking] = useState(false)
  const [isShown, setShown] = useState(false)
  const actions = usePostActions(post, user.username)
  const handleComment = () => actions.comment(() => setTalking(true))
  return (
    <div className={styles.reel} aria-hidden={!current || undefined} inert={!current}>
      {current && <Keys actions={actions} onComment={handleComment} />}
      <div className={styles.frame}>
        {isCovered(post) && !isShown ? (
          <SensitiveCover first={film} frame="plate" onShow={() => setShown(true)} />
        ) : (
          <ReelFilm
            post={post}
            film={film}
            current={current}
            near={near}
            name={t('reels.by', { name: user.username })}
            onLike={actions.like}
          />
        )}
        {post.again && <p className={styles.again}>{t('reels.again')}</p>}
        <ReelFoot post={post} user={user} film={film} />
      </div>
      <ReelActions post={post} actions={actions} onComment={handleComment} />
      <ReelComments post={post} open={isTalking} onClose={() => setTalking(false)} />
    </div>
  )
}

interface KeysProps {
  actions: ReturnType<typeof usePostActions>
  onComment: () => void
}

/** Those of the reel that is looked at, as other posts have them. */
function Keys({ actions, onComment }: KeysProps) {
  useShortcuts({ l: actions.toggleLike, s: actions.toggleSave, c: onComment })
  return null
}
