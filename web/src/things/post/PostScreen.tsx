import { useNavigate, useParams } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useMemo } from 'react'
import { usePost, useUser } from '../../data/entities/entities.ts'
import { userFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { useIsNarrow } from '../../shell/viewport.ts'
import wide from '../../shell/Wide.module.css'
import { MoreOf } from './MoreOf.tsx'
import { PhonePost } from './PhonePost.tsx'
import styles from './PostScreen.module.css'
import { PostSpread } from './PostSpread.tsx'
import { postTitle } from './post-title.ts'
import { usePostShortcuts } from './use-post-shortcuts.ts'

/** Beside a conversation of 400 px, within `.spread`. */
const PLATE = { phone: '100vw', wide: '535px', height: 'min(100vh - 80px, 720px)' }

/** A post at its own address. */
export default function PostScreen() {
  const { postId } = useParams({ from: '/frame/p/$postId' })
  const id = postId as PostId
  const post = usePost(id)
  const user = useUser(post?.user_id)
  const narrow = useIsNarrow()
  const navigate = useNavigate()
  useShortcuts(usePostShortcuts(id))
  const title = post && user ? postTitle(post, user.username) : t('post.gone')
  const username = user?.username
  const more = useMemo(() => (username ? userFeed(username) : undefined), [username])
  const handleDeleted = () =>
    void (username ? navigate({ to: '/$username', params: { username } }) : navigate({ to: '/' }))
  return (
    <div className={wide.screen}>
      <ScreenHead title={title} brand={t('nav.post')} back phoneOnly />
      {narrow ? (
        <div className={styles.column}>
          <PhonePost postId={id} onDeleted={handleDeleted} />
        </div>
      ) : (
        <div className={styles.spread}>
          <PostSpread postId={id} onDeleted={handleDeleted} plate={PLATE} />
        </div>
      )}
      {more && username && <MoreOf username={username} list={more} except={id} />}
    </div>
  )
}
